package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** This build against another in one run: absolute times of a busy machine mean nothing, the ratio of neighbours does. */
@Command(
        name = "gate",
        description =
                "Fails (exit code 1) when this build is slower than a pinned one, by the medians of interleaved pairs:"
                        + " start, peak ingest, and p99 at a fixed rate.")
final class Gate implements Callable<Integer> {
    private static final int CONNECTIONS = 64;
    /** Until the compiler has little left to do: while it works, it takes a third of a core from whoever has more code. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(1);

    /** What this build is compared with. */
    private static final class Pinned {
        @Option(
                names = "--against",
                paramLabel = "COMMIT",
                description = "A commit, which is built in a temporary working tree.")
        private String commit;

        @Option(
                names = "--baseline",
                paramLabel = "JAR",
                description = "Or the millrace.jar of a build, with its jars beside it.")
        private Path jar;
    }

    @ArgGroup(multiplicity = "1")
    private Pinned pinned;

    @Option(names = "--server", description = "This build's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(
            names = "--at-least",
            defaultValue = "0.97",
            description = "The least ratio of throughput that passes. Default: ${DEFAULT-VALUE}")
    private double atLeast;

    @Option(
            names = "--p99-at-most",
            defaultValue = "1.25",
            description = "The greatest ratio of p99 that passes. Default: ${DEFAULT-VALUE}")
    private double p99AtMost;

    @Option(
            names = "--start-at-most",
            defaultValue = "1.05",
            description = "The greatest ratio of the time to the first 202 that passes. Default: ${DEFAULT-VALUE}")
    private double startAtMost;

    @Option(names = "--pairs", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--seconds",
            defaultValue = "6",
            description = "Measured, for each half of a pair. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "6000",
            description = "Events a second at which p99 is measured. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--figures",
            split = ",",
            defaultValue = "start,peak,p99",
            description = "What is compared: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Set<Figure> figures;

    @Spec
    private CommandSpec spec;

    private enum Figure {
        start,
        peak,
        p99
    }

    private final Compared starts = new Compared();
    private final Compared peaks = new Compared();
    private final Compared tails = new Compared();

    /** Values of this build and of the pinned one, pair by pair. */
    private static final class Compared {
        private final List<Double> mine = new ArrayList<>();
        private final List<Double> theirs = new ArrayList<>();
        private final List<Double> ratios = new ArrayList<>();

        void add(double my, double their) {
            mine.add(my);
            theirs.add(their);
            ratios.add(my / their);
        }

        double ratio() {
            return Median.of(ratios);
        }

        void row(Table table, String title, String wanted) {
            table.row(
                    title,
                    Table.fixed(Median.of(mine), 1),
                    Table.fixed(Median.of(theirs), 1),
                    Table.fixed(ratio(), 3),
                    wanted);
        }
    }

    /** One of the two: how to run it, and one that runs. */
    private record Side(Millrace.Setup setup, Millrace server) {}

    /** Measures one of the two. */
    private interface Measured {
        double of(Side side) throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (pinned.jar != null) {
            refuseUnless(Files.isRegularFile(pinned.jar), "--baseline: no such file: " + pinned.jar);
            return against(pinned.jar);
        }
        refuseUnless(Baseline.exists(pinned.commit), "--against: no such commit: " + pinned.commit);
        try (Baseline baseline = Baseline.of(pinned.commit)) {
            return against(baseline.jar());
        }
    }

    private void refuseUnless(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private int against(Path baseline) throws IOException, InterruptedException {
        int half = (pairs + 1) / 2;
        half(1, half, baseline, true);
        half(half + 1, pairs, baseline, false);
        return verdict();
    }

    /** Some of the pairs. The server that was started first may be the slower for it, so both are once. */
    private void half(int from, int to, Path baseline, boolean meFirst) throws IOException, InterruptedException {
        Side mine = side(Millrace.Setup.of(jar));
        Side theirs = side(Millrace.Setup.of(baseline));
        try {
            for (int i = from; i <= to && figures.contains(Figure.start); i++) {
                pair(i, "start, ms", starts, mine, theirs, side -> Start.start(side.setup()));
            }
            for (Side side : meFirst ? List.of(mine, theirs) : List.of(theirs, mine)) {
                side.server().start();
                peak(side.server(), WARM_UP);
            }
            for (int i = from; i <= to; i++) {
                if (figures.contains(Figure.peak)) {
                    pair(i, "peak, events/s", peaks, mine, theirs, side -> peak(side.server(), SHORT_WARM_UP));
                }
                if (figures.contains(Figure.p99)) {
                    pair(i, "p99, ms", tails, mine, theirs, side -> tail(side.server()));
                }
            }
        } finally {
            mine.server().delete();
            theirs.server().delete();
        }
    }

    private static Side side(Millrace.Setup setup) throws IOException {
        return new Side(setup, new Millrace(setup));
    }

    /** Who comes first changes, because the second finds the machine as the first has left it. */
    private static void pair(int number, String what, Compared compared, Side mine, Side theirs, Measured measured)
            throws IOException, InterruptedException {
        boolean meFirst = number % 2 == 1;
        double first = measured.of(meFirst ? mine : theirs);
        double second = measured.of(meFirst ? theirs : mine);
        double my = meFirst ? first : second;
        double their = meFirst ? second : first;
        compared.add(my, their);
        Common.say("pair %d, %s: %,.1f, pinned %,.1f, ratio %.3f", number, what, my, their, my / their);
    }

    private double peak(Millrace server, Duration warmUp) throws IOException, InterruptedException {
        Plan plan = plan(server, warmUp).server(server.pid(), server.data()).build();
        Summary load = Run.of(plan, second -> {}).load();
        Common.say(
                "  %,.0f events/s, %.1f µs of the server's processor time each",
                load.eventsPerSecond(), load.cpu().serverMicros());
        return load.eventsPerSecond();
    }

    private double tail(Millrace server) throws IOException, InterruptedException {
        Plan plan = plan(server, SHORT_WARM_UP).pace(Pace.constant(rate)).build();
        return Run.of(plan, second -> {}).load().millis(99);
    }

    private Plan.Builder plan(Millrace server, Duration warmUp) throws IOException, InterruptedException {
        return Plan.closed(server.port(), server.site(), CONNECTIONS, warmUp, Duration.ofSeconds(seconds))
                .with();
    }

    private int verdict() throws IOException, InterruptedException {
        Table table = new Table("", "this build", "pinned", "ratio, median of " + pairs + " pairs", "wanted");
        boolean passes = true;
        if (figures.contains(Figure.start)) {
            starts.row(table, "start to the first 202, ms", "at most " + startAtMost);
            passes = starts.ratio() <= startAtMost;
        }
        if (figures.contains(Figure.peak)) {
            String title = "peak, one event a request, " + CONNECTIONS + " connections, events/s";
            peaks.row(table, title, "at least " + atLeast);
            passes &= peaks.ratio() >= atLeast;
        }
        if (figures.contains(Figure.p99)) {
            tails.row(table, "p99 at " + (long) rate + " events/s, ms", "at most " + p99AtMost);
            passes &= tails.ratio() <= p99AtMost;
        }
        String other = pinned.commit == null ? "--baseline JAR" : "--against " + pinned.commit;
        System.out.println(Provenance.of("perf/measure gate " + other + " --pairs " + pairs) + table);
        System.out.println(passes ? "PASSES" : "FAILS");
        return passes ? 0 : 1;
    }
}
