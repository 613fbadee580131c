package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What events wait for while two thirds of all rows are removed. */
@Command(
        name = "prune",
        description = "Latency of events that come in while visits older than ten days are removed, and without that.")
final class Prune implements Callable<Integer> {
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    @Mixin
    private Common common;

    @Option(names = "--views", defaultValue = "1000000", description = "Page views stored. Default: ${DEFAULT-VALUE}")
    private int views;

    @Option(names = "--rate", defaultValue = "5000", description = "Events a second. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--budget",
            defaultValue = "10s",
            converter = io.millrace.perf.Durations.class,
            description = "Each stretch. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    private record Removal(double seconds, String says) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Millrace server = new Millrace(common.setup());
        try {
            Past.fill(server, server.site(), 1, views);
            server.start();
            Plan plan = Plan.closed(server.port(), server.site(), CONNECTIONS, WARM_UP, budget)
                    .with()
                    .pace(Pace.constant(rate))
                    .build();
            Summary alone = Run.of(plan, second -> {}).load();
            CompletableFuture<Removal> removal = CompletableFuture.supplyAsync(() -> prune(server));
            Summary meanwhile = Run.of(
                            plan.with()
                                    .run(plan.run() + 1)
                                    .warmUp(Duration.ofSeconds(1))
                                    .build(),
                            second -> {})
                    .load();
            common.publish("prune", provenance() + table(alone, meanwhile) + "\n" + told(removal.join()));
        } finally {
            server.delete();
        }
        return 0;
    }

    private static Removal prune(Millrace server) {
        try {
            Thread.sleep(1_000); // the warm-up is over
            long start = System.nanoTime();
            ServerProcess.Output output = Past.done(server.command("prune", "--older-than", "10d"));
            return new Removal((System.nanoTime() - start) / 1e9, output.text().strip());
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private String provenance() throws IOException, InterruptedException {
        return Provenance.of("perf/measure prune --views " + views + " --rate " + (long) rate + " --budget "
                + budget.toSeconds() + "s");
    }

    private static Table table(Summary alone, Summary meanwhile) {
        Table table = new Table("", "events/s", "p50, ms", "p99, ms", "p99.9, ms", "max, ms");
        row(table, "nothing else", alone);
        row(table, "while visits are removed", meanwhile);
        return table;
    }

    private static void row(Table table, String what, Summary load) {
        table.row(
                what,
                Table.whole(load.eventsPerSecond()),
                Table.fixed(load.millis(50), 1),
                Table.fixed(load.millis(99), 1),
                Table.fixed(load.millis(99.9), 1),
                Table.fixed(load.millis(100), 1));
    }

    private static String told(Removal removal) {
        return String.format(
                java.util.Locale.ROOT, "`millrace prune` took %.1f s: %s%n", removal.seconds(), removal.says());
    }
}
