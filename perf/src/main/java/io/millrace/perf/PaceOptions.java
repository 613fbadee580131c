package io.millrace.perf;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How fast a load is sent, and how long. */
final class PaceOptions {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int OTHER_FILES = 100;

    @Option(names = "--connections", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rate",
            split = ",",
            description = "Open model: requests a second; several, as 1000,5000, are steps of equal length.")
    private List<Double> rates;

    @Option(
            names = "--day",
            converter = Durations.class,
            description = "Open model: let the rate swing like a day of this length.")
    private Duration day;

    @Option(
            names = "--burst",
            converter = Burst.Converter.class,
            description = "Open model: bursts as FACTORxLENGTH/EVERY, such as 5x2s/20s.")
    private Burst burst;

    @Option(
            names = "--duration",
            converter = Durations.class,
            description = "How long to measure. Default: 30s, or until --count.")
    private Duration duration;

    @Option(names = "--count", description = "At most so many requests, the warm-up included.")
    private Long count;

    @Option(
            names = "--warmup",
            converter = Durations.class,
            description = "Sent first, not measured. Default: 5s; none with --count.")
    private Duration warmUp;

    int connections() {
        return connections;
    }

    void check() {
        Check.within("--connections", connections, 1, 60_000);
        Check.that(
                connections + OTHER_FILES <= openFiles(),
                "--connections",
                "this process may open only " + openFiles() + " files");
        Check.that(count == null || count > 0, "--count", "must be at least 1");
        Check.positive("--duration", duration);
        Check.that(rates != null || day == null, "--day", "is of the open model: it needs --rate");
        Check.that(rates != null || burst == null, "--burst", "is of the open model: it needs --rate");
        Check.positive("--day", day);
        if (rates != null) {
            rates.forEach(rate -> Check.positive("--rate", rate));
            Check.that(rates.size() == 1 || measured() != null, "--rate", "steps need --duration");
        }
    }

    private static long openFiles() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Null: until the count. */
    private Duration measured() {
        return duration == null && count == null ? USUAL : duration;
    }

    private Duration notMeasured() {
        return warmUp != null ? warmUp : count == null ? WARM_UP : Duration.ZERO;
    }

    void into(Plan.Builder plan) {
        plan.connections(connections)
                .pace(rates == null ? null : pace())
                .warmUp(notMeasured())
                .duration(measured())
                .count(count == null ? Long.MAX_VALUE : count);
    }

    private Pace pace() {
        Duration length = measured() == null
                ? notMeasured().plusSeconds(1)
                : notMeasured().plus(measured());
        Burst bursts = burst == null ? Burst.NONE : burst;
        return new Pace(
                rates,
                length.toNanos(),
                day == null ? 0 : day.toNanos(),
                bursts.factor(),
                bursts.length().toNanos(),
                bursts.every().toNanos());
    }
}
