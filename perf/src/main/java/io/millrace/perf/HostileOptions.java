package io.millrace.perf;

import io.millrace.perf.hostile.Trials;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** What a hostile load can be told. */
final class HostileOptions extends HostileSettings {
    @Option(
            names = "--hostile",
            required = true,
            split = ",",
            paramLabel = "KIND",
            description =
                    "Attack as strangers do, with bystanders beside them; several kinds with commas, 'found' for those that"
                            + " once brought a server down, 'all', or 'list' to show them. Exit code 1 when one of them"
                            + " stops, fills or starves the server.")
    private List<String> kinds;

    int run(long seed) throws IOException, InterruptedException {
        if (kinds.contains("list")) {
            System.out.print(Trials.list());
            return 0;
        }
        return run(kinds, seed).stood() ? 0 : 1;
    }
}
