package io.millrace.perf.measure;

import io.millrace.engine.Beacon;
import io.millrace.engine.Collector;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.perf.traffic.Beacons;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether an event costs more the more is stored: engine and SQLite without HTTP, a day of 100,000 page views after the other. */
@Command(name = "growth", description = "Cost per event at 0.1, 1, 10 and 50 million rows.")
final class Growth implements Callable<Integer> {
    private static final int CHUNK = 20_000;
    private static final int CHUNKS_MEASURED = 10;
    private static final int VIEWS_A_DAY = 100_000;
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Mixin
    private Common common;

    @Option(names = "--rows", split = ",", defaultValue = "100000,1000000,10000000,50000000")
    private List<Long> rows;

    @Option(
            names = "--budget",
            defaultValue = "60m",
            converter = io.millrace.perf.Durations.class,
            description = "Stop after this, with the rows there are. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    private Engine engine;
    private Beacons beacons;
    private long stored;
    private long firstDay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("growth");
        Path file = work.resolve("millrace.db");
        long end = System.nanoTime() + budget.toNanos();
        engine = Engine.builder(SqliteStorage.open(file)).start();
        try {
            beacons =
                    new Beacons(1, engine.addSite(Site.of("example.com")).join().id());
            firstDay = System.currentTimeMillis() / DAY * DAY - rows.get(rows.size() - 1) / VIEWS_A_DAY * DAY - DAY;
            common.publish("growth", Provenance.of("perf/measure growth") + table(file, end));
        } finally {
            engine.close();
            try (Stream<Path> files = Files.list(work)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(work);
        }
        return 0;
    }

    private Table table(Path file, long end) throws IOException {
        Table table = new Table(
                "rows before",
                "µs an event",
                "processor time of the store thread",
                "against the first",
                "events/s",
                "bytes a page view");
        double first = 0;
        for (long target : rows) {
            while (stored < target && System.nanoTime() < end) {
                chunk();
            }
            if (stored < target) {
                Common.say("the budget is spent at %,d rows", stored);
                break;
            }
            long before = stored;
            List<Double> micros = new ArrayList<>();
            long processor = storeThreadNanos();
            for (int i = 0; i < CHUNKS_MEASURED; i++) {
                micros.add(chunk());
            }
            double own = (storeThreadNanos() - processor) / 1e3 / CHUNKS_MEASURED / CHUNK;
            double median = Median.of(micros);
            first = first == 0 ? median : first;
            Common.say("%,d rows: %.2f µs an event", before, median);
            table.row(
                    Table.whole(before),
                    Table.fixed(median, 2),
                    Table.fixed(median / first, 2),
                    Table.whole(1e6 / median),
                    Table.whole((double) Files.size(file) / stored));
        }
        return table;
    }

    /** The part that grows with the database, free of what else the machine does. */
    private static long storeThreadNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("millrace-store"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    /** Stores the next page views; returns microseconds per event from the first offer to the last commit. */
    private double chunk() {
        List<Beacon> drawn = new ArrayList<>(CHUNK);
        for (int i = 0; i < CHUNK; i++) {
            drawn.add(beacons.next(firstDay + (stored + i) * DAY / VIEWS_A_DAY));
        }
        Collector collector = engine.collector();
        long start = System.nanoTime();
        for (Beacon beacon : drawn) {
            while (!collector.offer(beacon, Receipt.NONE)) {
                LockSupport.parkNanos(20_000);
            }
        }
        engine.flush().join();
        long nanos = System.nanoTime() - start;
        stored += CHUNK;
        if (engine.counters().total(Counter.STORED) != stored) {
            throw new IllegalStateException(
                    "not all stored: " + engine.counters().of(1));
        }
        return nanos / 1e3 / CHUNK;
    }
}
