package io.millrace.perf.measure;

import io.millrace.perf.Bare;
import io.millrace.perf.FrontAlone;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What HTTP costs by itself: the front-end over an engine that forgets, and the bare server, in turns. */
@Command(name = "http", description = "The HTTP front-end alone against a bare Netty server: time and bytes a request.")
final class Front implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--pairs", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "5", description = "Measured, for each half of a pair.")
    private int seconds;

    @Option(names = "--connections", split = ",", defaultValue = "64,256", description = "Default: ${DEFAULT-VALUE}")
    private List<Integer> connections;

    private record Pair(Summary ours, Summary bare, Cost cost) {
        double ratio() {
            return ours.requests() / ours.seconds() / (bare.requests() / bare.seconds());
        }
    }

    /** Of the event loop: microseconds and bytes a request. */
    private record Cost(double micros, double bytes) {

        /** Of the last full seconds in a log. */
        static Cost of(String log, int seconds) {
            List<long[]> lines = log.lines()
                    .filter(line -> line.startsWith("second "))
                    .map(Cost::numbers)
                    .filter(n -> n[0] > 1_000)
                    .toList();
            long[] sum = new long[3];
            for (long[] line : lines.subList(Math.max(0, lines.size() - seconds), lines.size())) {
                for (int i = 0; i < 3; i++) {
                    sum[i] += line[i];
                }
            }
            return new Cost(sum[1] / 1e3 / sum[0], (double) sum[2] / sum[0]);
        }

        private static long[] numbers(String line) {
            String[] words = line.split(" ");
            return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])};
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Table table = new Table(
                "connections",
                "requests/s",
                "bare, requests/s",
                "ratio",
                "event loop, µs a request",
                "event loop, bytes a request",
                "bare server, µs a request",
                "p50, ms",
                "p99, ms");
        for (int n : connections) {
            row(table, n, measure(n));
        }
        common.publish("http", Provenance.of("perf/measure http --pairs " + pairs + " --seconds " + seconds) + table);
        return 0;
    }

    private List<Pair> measure(int n) throws IOException {
        Path ourLog = Files.createTempFile("front", ".log");
        Path bareLog = Files.createTempFile("bare", ".log");
        List<Pair> measured = new ArrayList<>();
        try (ServerUnderTest ours = ServerUnderTest.of(FrontAlone.class, ourLog, "PORT");
                ServerUnderTest bare = ServerUnderTest.of(Bare.class, bareLog, "PORT")) {
            ours.start();
            bare.start();
            for (int i = 0; i < pairs; i++) {
                Summary our = run(ours, n, i);
                Cost cost = Cost.of(ours.log(), seconds - 1);
                measured.add(new Pair(our, run(bare, n, i), cost));
                Common.say(
                        "%d connections, pair %d: ratio %.2f",
                        n, i + 1, measured.get(i).ratio());
            }
        } finally {
            Files.delete(ourLog);
            Files.delete(bareLog);
        }
        return measured;
    }

    private Summary run(ServerUnderTest server, int n, int round) throws IOException {
        Duration warmUp = Duration.ofSeconds(round == 0 ? 8 : 1);
        Plan plan = Plan.closed(server.port(), "1", n, warmUp, Duration.ofSeconds(seconds))
                .with()
                .server(server.pid(), null)
                .run(System.currentTimeMillis() + round)
                .build();
        return Run.of(plan, second -> {}).load();
    }

    private static void row(Table table, int n, List<Pair> all) {
        table.row(
                Integer.toString(n),
                Table.whole(Median.of(all.stream()
                        .map(p -> p.ours().requests() / p.ours().seconds())
                        .toList())),
                Table.whole(Median.of(all.stream()
                        .map(p -> p.bare().requests() / p.bare().seconds())
                        .toList())),
                Table.fixed(Median.of(all.stream().map(Pair::ratio).toList()), 2),
                Table.fixed(Median.of(all.stream().map(p -> p.cost().micros()).toList()), 1),
                Table.whole(Median.of(all.stream().map(p -> p.cost().bytes()).toList())),
                Table.fixed(
                        Median.of(all.stream()
                                .map(p -> p.bare().cpu().serverMicros())
                                .toList()),
                        1),
                Table.fixed(Median.of(all.stream().map(p -> p.ours().millis(50)).toList()), 2),
                Table.fixed(Median.of(all.stream().map(p -> p.ours().millis(99)).toList()), 1));
    }
}
