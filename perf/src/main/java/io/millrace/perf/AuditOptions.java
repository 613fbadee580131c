package io.millrace.perf;

import picocli.CommandLine.Option;

/** What an audit can be told. */
final class AuditOptions {
    @Option(
            names = "--audit",
            required = true,
            description = "Kill the server again and again; prove that nothing is lost.")
    private boolean audit;

    @Option(names = "--kills", defaultValue = "40", description = "How often. Default: ${DEFAULT-VALUE}")
    private int kills;

    int run(long seed, int connections, int batch) {
        return audit && kills > 0 && connections > 0 && batch > 0 && seed != 0 ? 1 : 2;
    }
}
