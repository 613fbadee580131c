package io.millrace.perf.measure;

import io.millrace.perf.HostileSettings;
import io.millrace.perf.hostile.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attacks as strangers do them, and a table of what became of server and bystanders. */
@Command(
        name = "hostile",
        description = "Attacks servers of its own as strangers do; 'millrace load --hostile list' shows the kinds."
                + " Exit code 1 when one of them stops, fills or starves the server.")
final class Hostile implements Callable<Integer> {
    @Mixin
    private HostileSettings settings;

    @Option(names = "--into", description = "The document whose table is replaced, such as docs/reliability.md.")
    private Path document;

    @Option(names = "--seed", defaultValue = "1", description = "Of everything random. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Parameters(
            paramLabel = "KIND",
            description =
                    "Kinds of attacks, 'found' for those that once brought a server down, or 'all'. Default: all.")
    private List<String> kinds = List.of(Trials.ALL);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Trials.Results results = settings.run(kinds, seed);
            String content = Provenance.of("perf/measure " + words()) + results.table();
            System.out.println(content);
            if (document != null) {
                Document.replace(document, "hostile", content);
            }
            return results.stood() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** As typed, but for the document's name. */
    private String words() {
        List<String> words = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        int into = words.indexOf("--into");
        if (into >= 0) {
            words.subList(into, into + 2).clear();
        }
        return String.join(" ", words);
    }
}
