package io.millrace.perf.measure;

import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** This build against another in one run: absolute times of a busy machine mean nothing, the ratio of neighbours does. */
@Command(
        name = "gate",
        description =
                "Fails (exit code 1) when this build is slower than a pinned one, by the median of interleaved pairs.")
final class Gate implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(
            names = "--baseline",
            required = true,
            description = "millrace.jar of the pinned build, with its jars beside it.")
    private Path baseline;

    @Option(
            names = "--at-least",
            defaultValue = "0.9",
            description = "The least ratio of throughput that passes. Default: ${DEFAULT-VALUE}")
    private double atLeast;

    @Option(names = "--pairs", defaultValue = "7")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "4")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Millrace mine = new Millrace(common.setup());
        Millrace theirs = new Millrace(Millrace.Setup.of(baseline));
        List<Double> ratios = new ArrayList<>();
        try {
            mine.start();
            theirs.start();
            for (int i = 0; i <= pairs; i++) {
                double ratio = throughput(mine, i) / throughput(theirs, i);
                Common.say(i == 0 ? "warm-up: ratio %.3f" : "ratio %.3f", ratio);
                if (i > 0) {
                    ratios.add(ratio);
                }
            }
        } finally {
            mine.delete();
            theirs.delete();
        }
        System.out.printf(
                java.util.Locale.ROOT,
                "median ratio %.3f of %s, at least %.2f wanted%n",
                Median.of(ratios),
                ratios,
                atLeast);
        return Median.of(ratios) >= atLeast ? 0 : 1;
    }

    private double throughput(Millrace server, int round) throws IOException, InterruptedException {
        Duration warmUp = Duration.ofSeconds(round == 0 ? 8 : 1);
        Plan plan = Plan.closed(server.port(), server.site(), 64, warmUp, Duration.ofSeconds(seconds))
                .with()
                .run(round)
                .build();
        return Run.of(plan, second -> {}).load().eventsPerSecond();
    }
}
