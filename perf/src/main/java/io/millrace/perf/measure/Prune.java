package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What events wait for while two thirds of all rows are removed, or a visitor. */
@Command(
        name = "prune",
        description =
                "Latency of events that come in while visits older than ten days are removed, or one visitor, and without"
                        + " that.")
final class Prune implements Callable<Integer> {
    private static final String VISITOR = "who-is-erased";
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    @Mixin
    private Common common;

    @Option(names = "--views", defaultValue = "1000000", description = "Page views stored. Default: ${DEFAULT-VALUE}")
    private int views;

    @Option(names = "--keep", defaultValue = "figures", description = "figures or packs. Default: ${DEFAULT-VALUE}")
    private String keep;

    @Option(
            names = "--erase",
            paramLabel = "DAYS",
            defaultValue = "0",
            description =
                    "a visitor who was there on so many days is erased instead, of whose old visits there is what --keep says")
    private int days;

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
            if (days > 0) {
                Past.visitor(server, server.site(), VISITOR, days);
            }
            server.start();
            if (days > 0 && keep.equals("packs")) {
                prune(server);
            }
            Plan plan = Plan.closed(server.port(), server.site(), CONNECTIONS, WARM_UP, budget)
                    .with()
                    .pace(Pace.constant(rate))
                    .build();
            Summary alone = Run.of(plan, second -> {}).load();
            CompletableFuture<Removal> removal = CompletableFuture.supplyAsync(() -> remove(server));
            Summary meanwhile = Run.of(
                            plan.with()
                                    .run(plan.run() + 1)
                                    .warmUp(Duration.ofSeconds(1))
                                    .build(),
                            second -> {})
                    .load();
            common.publish(name(), provenance() + table(alone, meanwhile) + "\n" + told(removal.join()));
        } finally {
            server.delete();
        }
        return 0;
    }

    private String name() {
        return days > 0 ? "erase" : keep.equals("figures") ? "prune" : "prune " + keep;
    }

    private Removal remove(Millrace server) {
        try {
            Thread.sleep(1_000); // the warm-up is over
            return days > 0 ? run(server, "erase", "--site", server.site(), "--visitor", VISITOR) : prune(server);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private Removal prune(Millrace server) throws IOException, InterruptedException {
        return run(server, "prune", "--older-than", "10d", "--keep", keep);
    }

    private static Removal run(Millrace server, String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ServerUnderTest.Output output = Past.done(server.command(command));
        return new Removal((System.nanoTime() - start) / 1e9, output.text().strip());
    }

    private String provenance() throws IOException, InterruptedException {
        return Provenance.of("perf/measure prune --views " + views + (days > 0 ? " --erase " + days : "") + " --keep "
                + keep + " --rate " + (long) rate + " --budget " + budget.toSeconds() + "s");
    }

    private static Table table(Summary alone, Summary meanwhile) {
        Table table = new Table("", "events/s", "p50, ms", "p99, ms", "p99.9, ms", "max, ms");
        row(table, "nothing else", alone);
        row(table, "meanwhile", meanwhile);
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
        return String.format(java.util.Locale.ROOT, "The removal took %.1f s: %s%n", removal.seconds(), removal.says());
    }
}
