package io.millrace.perf.measure;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Every table of the document anew. */
@Command(name = "all", description = "Writes every table of docs/performance.md anew, which takes about an hour.")
final class All implements Callable<Integer> {
    private static final String DOCUMENT = "docs/performance.md";
    private static final List<String> TABLES = List.of(
            "jmh",
            "writer",
            "pairs",
            "open --rate 12000",
            "stories",
            "dashboard",
            "questions",
            "pollers",
            "prune",
            "start",
            "growth",
            "http",
            "crowd");

    @Spec
    private CommandSpec spec;

    /** Ends with the first that fails. */
    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        for (String table : TABLES) {
            err.println("== " + table);
            int code = Measure.run(err, (table + " --into " + DOCUMENT).split(" "));
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }
}
