package io.millrace.perf;

import io.millrace.perf.audit.Audit;
import io.millrace.perf.audit.Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What an audit can be told. */
final class AuditOptions {
    /** Those of the launcher. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError");

    @Option(
            names = "--audit",
            required = true,
            description = "Kill the server again and again; prove that nothing is lost or doubled.")
    private boolean audit;

    @Option(
            names = "--kills",
            defaultValue = "40",
            description = "How often; fewer than 40 prove little. Default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--signals",
            split = ",",
            defaultValue = "KILL,TERM,STOP",
            description = "How: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<Server.Signal> signals;

    @Option(names = "--server", description = "The server's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(names = "--serve", split = ",", description = "Options for serve, such as --sync,full.")
    private List<String> serve = List.of();

    @Option(names = "--keep", description = "Leave the data directory for inspection, dirty or not.")
    private boolean keep;

    int run(long seed, int connections, int batch) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("millrace-audit");
        Audit.Options options = new Audit.Options(kills, signals, connections, batch, seed);
        System.err.println("audit with seed " + seed + " in " + work);
        boolean clean = false;
        try (Server server = new Server(jar == null ? jarBeside() : jar, work.resolve("data"), JVM_OPTIONS, serve)) {
            Audit.Result result = Audit.of(server, options, System.err::println);
            System.out.print(result.text());
            clean = result.clean();
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            if (clean && !keep) {
                delete(work);
            }
        }
        return clean ? 0 : 1;
    }

    /** The server's jar among or beside those that this program runs from. */
    static Path jarBeside() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath().resolveSibling("millrace.jar");
            if (Files.exists(jar)) {
                return jar;
            }
        }
        throw new IOException("no millrace.jar beside this program: say --server");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
