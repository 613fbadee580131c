package io.millrace.perf;

import io.millrace.perf.audit.Audit;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What an audit can be told. */
final class AuditOptions {
    @Option(
            names = "--audit",
            required = true,
            description =
                    "Kill the server again and again, or lock its database; prove that nothing is lost or doubled.")
    private boolean audit;

    @Option(
            names = "--kills",
            defaultValue = "40",
            description = "How often; fewer than 40 prove little. Default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--lock",
            defaultValue = "0s",
            converter = Durations.class,
            description = "How long another program holds the database's write lock, before any kill. Default: none")
    private Duration lock;

    @Option(
            names = "--signals",
            split = ",",
            defaultValue = "KILL,TERM,STOP",
            description = "How: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<ServerUnderTest.Signal> signals;

    @Option(names = "--server", description = "The server's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(names = "--serve", split = ",", description = "Options for serve, such as --sync,full.")
    private List<String> serve = List.of();

    @Option(names = "--keep", description = "Leave the data directory for inspection, dirty or not.")
    private boolean keep;

    int run(long seed, int connections, int batch) throws IOException, InterruptedException {
        Check.within("--kills", kills, 0, 1_000_000);
        Check.that(kills > 0 || !lock.isZero(), "--kills", "without any, and without --lock, nothing is proved");
        Check.that(jar == null || Files.isRegularFile(jar), "--server", "no such file: " + jar);
        Millrace.Setup setup = Millrace.Setup.of(jar, serve.toArray(String[]::new));
        Millrace server = new Millrace(setup);
        System.err.println("audit with seed " + seed + " in " + server.data());
        boolean clean = false;
        try (server) {
            Audit.Options options = new Audit.Options(kills, signals, connections, batch, seed, lock);
            Audit.Result result = Audit.of(server, options, System.err::println);
            System.out.print(result.text());
            clean = result.clean();
        } catch (SQLException e) {
            throw new IOException(e);
        }
        if (clean && !keep) {
            server.delete();
        }
        return clean ? 0 : 1;
    }
}
