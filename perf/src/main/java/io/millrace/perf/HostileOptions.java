package io.millrace.perf;

import io.millrace.perf.hostile.Trial;
import io.millrace.perf.hostile.Trials;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What a hostile load can be told. */
final class HostileOptions {
    @Option(
            names = "--hostile",
            required = true,
            split = ",",
            paramLabel = "KIND",
            description = "Attack as strangers do, with a bystander beside them; several kinds with commas, or 'all'.")
    private List<String> kinds;

    @Option(
            names = "--attack",
            defaultValue = "60s",
            converter = Durations.class,
            description = "How long each attack lasts. Default: ${DEFAULT-VALUE}")
    private Duration time;

    @Option(
            names = "--cores",
            defaultValue = "0.5",
            description = "Processors that the attacker may keep busy. Default: ${DEFAULT-VALUE}")
    private double cores;

    @Option(
            names = "--views",
            defaultValue = "200000",
            description = "Page views that the attacked site has before. Default: ${DEFAULT-VALUE}")
    private int views;

    @Option(
            names = "--memory",
            defaultValue = "640",
            description = "Anonymous memory that the server may have at most, MB. Default: ${DEFAULT-VALUE}")
    private long memory;

    @Option(
            names = "--bystander",
            defaultValue = "250",
            description = "What the bystander's p99 may be at most, ms. Default: ${DEFAULT-VALUE}")
    private double bystander;

    @Option(names = "--victim", description = "The server's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(names = "--victim-options", split = ",", description = "Options for serve, such as --sync,full.")
    private List<String> serve = List.of();

    int run(long seed) throws IOException, InterruptedException {
        Trial.Options options = new Trial.Options(time, cores, memory * 1024, bystander, seed);
        Millrace.Setup setup = Millrace.Setup.of(jar, serve.toArray(String[]::new));
        try {
            return Trials.run(kinds, setup, options, views, System.out::print).stream()
                            .allMatch(result -> result.problems().isEmpty())
                    ? 0
                    : 1;
        } catch (SQLException e) {
            throw new IOException(e);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }
}
