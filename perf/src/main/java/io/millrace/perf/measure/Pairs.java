package io.millrace.perf.measure;

import io.millrace.perf.Bare;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server and the bare one in turns, so that both have the machine in the same mood. */
@Command(name = "pairs", description = "Peak throughput against a bare Netty server: medians of interleaved pairs.")
final class Pairs implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(1);

    @Mixin
    private Common common;

    @Option(names = "--pairs", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "6", description = "Measured, for each half of a pair.")
    private int seconds;

    @Option(names = "--connections", split = ",", defaultValue = "64,256", description = "Default: ${DEFAULT-VALUE}")
    private List<Integer> connections;

    private record Case(String title, int batch, String... serve) {}

    private record Pair(Summary ours, Summary bare) {
        double ratio() {
            return ours.requests() / ours.seconds() / (bare.requests() / bare.seconds());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Table table = new Table(
                "",
                "connections",
                "events/s",
                "bare, requests/s",
                "ratio of requests",
                "p50, ms",
                "p99, ms",
                "CPU a request, µs",
                "generator's, µs");
        for (Case each : List.of(
                new Case("one per request, committed, sync normal", 1),
                new Case("one per request, committed, sync full", 1, "--sync", "full"),
                new Case("ten per request, committed, sync normal", 10))) {
            for (int n : connections) {
                row(table, each, n, measure(each, n));
            }
        }
        common.publish("pairs", Provenance.of("perf/measure pairs") + table);
        return 0;
    }

    private List<Pair> measure(Case each, int n) throws IOException, InterruptedException {
        Path log = Files.createTempFile("bare", ".log");
        Millrace ours = new Millrace(common.setup(each.serve()));
        List<Pair> measured = new ArrayList<>();
        try (ServerUnderTest bare = ServerUnderTest.of(Bare.class, log, "PORT")) {
            ours.start();
            bare.start();
            Plan our = Plan.closed(ours.port(), ours.site(), n, WARM_UP, Duration.ofSeconds(seconds))
                    .with()
                    .batch(each.batch())
                    .server(ours.pid(), ours.data())
                    .build();
            Plan theirs = Plan.closed(bare.port(), "1", n, WARM_UP, Duration.ofSeconds(seconds))
                    .with()
                    .batch(each.batch())
                    .server(bare.pid(), null)
                    .build();
            for (int i = 0; i < pairs; i++) {
                Pair pair = new Pair(run(our, i), run(theirs, i));
                Common.say(
                        "%s, %d connections, pair %d: %,.0f events/s, bare %,.0f/s, ratio %.2f",
                        each.title(),
                        n,
                        i + 1,
                        pair.ours().eventsPerSecond(),
                        pair.bare().requests() / pair.bare().seconds(),
                        pair.ratio());
                measured.add(pair);
            }
        } finally {
            ours.delete();
            Files.delete(log);
        }
        return measured;
    }

    private static Summary run(Plan plan, int round) throws IOException {
        Plan.Builder next = plan.with().run(plan.run() + round);
        return Run.of((round == 0 ? next : next.warmUp(SHORT_WARM_UP)).build(), second -> {})
                .load();
    }

    private static void row(Table table, Case each, int n, List<Pair> pairs) {
        table.row(
                each.title(),
                Integer.toString(n),
                Table.whole(median(pairs, p -> p.ours().eventsPerSecond())),
                Table.whole(median(pairs, p -> p.bare().requests() / p.bare().seconds())),
                Table.fixed(median(pairs, Pair::ratio), 2),
                Table.fixed(median(pairs, p -> p.ours().millis(50)), 2),
                Table.fixed(median(pairs, p -> p.ours().millis(99)), 1),
                Table.fixed(median(pairs, p -> p.ours().cpu().serverMicros()), 1),
                Table.fixed(median(pairs, p -> p.ours().cpu().ownMicros()), 1));
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return Median.of(pairs.stream().map(value::applyAsDouble).toList());
    }
}
