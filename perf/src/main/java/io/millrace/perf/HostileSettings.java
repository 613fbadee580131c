package io.millrace.perf;

import io.millrace.perf.hostile.Trials;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How attacks are done and judged: options of {@code millrace load --hostile} and {@code perf/measure hostile}. */
public class HostileSettings {
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
            defaultValue = "832",
            description = "Anonymous memory that the server may have at most, MB. Default: ${DEFAULT-VALUE}")
    private long memory;

    @Option(
            names = "--bystander",
            defaultValue = "250",
            description = "What the bystanders' p99 may be at most, ms. Default: ${DEFAULT-VALUE}")
    private double bystander;

    @Option(names = "--tls", description = "Over TLS; some kinds always are.")
    private boolean tls;

    @Option(names = "--victim", description = "The server's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(names = "--victim-options", split = ",", description = "Options for serve, such as --sync,full.")
    private List<String> serve = List.of();

    private void check(List<String> kinds) {
        try {
            Trials.check(kinds);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--hostile: " + e.getMessage(), e);
        }
        Check.positive("--attack", time);
        Check.positive("--cores", cores);
        Check.within("--views", views, 1_000, 100_000_000);
        Check.within("--memory", memory, 1, 1_000_000);
        Check.positive("--bystander", bystander);
        Check.that(jar == null || Files.isRegularFile(jar), "--victim", "no such file: " + jar);
    }

    /**
     * Runs these kinds, and prints each result.
     *
     * @throws IllegalArgumentException that names what is wrong
     */
    public final Trials.Results run(List<String> kinds, long seed) throws IOException, InterruptedException {
        check(kinds);
        Trials.Options options = new Trials.Options(time, cores, memory, bystander, views, tls, seed);
        Millrace.Setup setup = Millrace.Setup.of(jar, serve.toArray(String[]::new));
        try {
            return Trials.run(kinds, setup, options, System.out::print);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
