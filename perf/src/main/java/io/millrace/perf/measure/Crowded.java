package io.millrace.perf.measure;

import io.millrace.perf.load.Crowd;
import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Normal traffic while thousands of connections are idle and others send their requests a byte a second. */
@Command(name = "crowd", description = "Latency among idle and slow connections. Needs open files for twice as many.")
final class Crowded implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--idle", defaultValue = "10000", description = "Connections that do nothing.")
    private int idle;

    @Option(names = "--slow", defaultValue = "1000", description = "Connections that send a byte a second.")
    private int slow;

    @Option(names = "--rate", defaultValue = "10000", description = "Events a second, one per request.")
    private double rate;

    @Option(names = "--budget", defaultValue = "60s", converter = io.millrace.perf.Durations.class)
    private Duration budget;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Table table = new Table(
                "", "held, least", "thrown out", "events/s", "p50, ms", "p99, ms", "p99.9, ms", "without answer");
        Millrace server = new Millrace(common.setup());
        try {
            server.start();
            row(table, "nobody else", run(server, new int[1]), 0, 0);
            try (Crowd crowd = new Crowd(new InetSocketAddress("127.0.0.1", server.port()), idle, slow)) {
                new Thread(crowd, "crowd").start();
                while (crowd.present() < idle + slow) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
                int[] least = {idle + slow};
                Run.Result result = run(server, least, crowd);
                row(table, idle + " idle, " + slow + " slow", result, least[0], crowd.thrownOut());
            }
        } finally {
            server.delete();
        }
        common.publish(
                "crowd",
                Provenance.of("perf/measure crowd --idle " + idle + " --slow " + slow + " --rate " + (long) rate
                                + " --budget " + budget.toSeconds() + "s")
                        + table);
        return 0;
    }

    private Run.Result run(Millrace server, int[] least, Crowd... crowd) throws IOException, InterruptedException {
        Plan plan = Plan.closed(server.port(), server.site(), 64, Duration.ofSeconds(10), budget)
                .with()
                .pace(Pace.constant(rate))
                .build();
        return Run.of(plan, second -> {
            for (Crowd c : crowd) {
                least[0] = Math.min(least[0], c.present());
            }
        });
    }

    private static void row(Table table, String title, Run.Result result, int least, long thrownOut) {
        table.row(
                title,
                Table.whole(least),
                Table.whole(thrownOut),
                Table.whole(result.load().eventsPerSecond()),
                Table.fixed(result.load().millis(50), 1),
                Table.fixed(result.load().millis(99), 1),
                Table.fixed(result.load().millis(99.9), 1),
                Table.whole(result.load().failures().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()));
    }
}
