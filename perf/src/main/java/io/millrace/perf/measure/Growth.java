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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether an event costs more the more is stored: engine and SQLite without HTTP, a day of a million page views after the other. */
@Command(name = "growth", description = "Cost per event at 0.1, 1, 10 and 50 million rows.")
final class Growth implements Callable<Integer> {
    private static final int CHUNK = 20_000;
    private static final int CHUNKS_MEASURED = 10;
    private static final int CHUNKS_TO_WARM_UP = 20;
    private static final int VIEWS_A_DAY = 1_000_000;
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Mixin
    private Common common;

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "100000,1000000,10000000,50000000",
            description = "Page views stored. Default: ${DEFAULT-VALUE}")
    private List<Long> rows;

    @Option(
            names = "--budget",
            defaultValue = "60m",
            converter = io.millrace.perf.Durations.class,
            description = "Stop after this, with the rows there are. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("growth");
        try {
            try (Feed warmUp = new Feed(work.resolve("warm-up.db"), System.currentTimeMillis() - 30 * DAY)) {
                for (int i = 0; i < CHUNKS_TO_WARM_UP; i++) {
                    warmUp.chunk();
                }
            }
            long lastRow = rows.get(rows.size() - 1);
            Path file = work.resolve("millrace.db");
            try (Feed feed = new Feed(file, System.currentTimeMillis() - (lastRow / VIEWS_A_DAY + 10) * DAY)) {
                common.publish("growth", Provenance.of("perf/measure growth") + table(feed, file));
            }
        } finally {
            try (Stream<Path> files = Files.list(work)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(work);
        }
        return 0;
    }

    private Table table(Feed feed, Path file) throws IOException {
        long end = System.nanoTime() + budget.toNanos();
        Table table = new Table(
                "rows before",
                "µs an event",
                "of these the store thread, µs",
                "against the first",
                "events/s",
                "bytes a page view");
        double first = 0;
        for (long target : rows) {
            while (feed.stored < target && System.nanoTime() < end) {
                feed.chunk();
            }
            if (feed.stored < target) {
                Common.say("the budget is spent at %,d rows", feed.stored);
                break;
            }
            long before = feed.stored;
            List<Double> micros = new ArrayList<>();
            long processor = storeThreadNanos();
            for (int i = 0; i < CHUNKS_MEASURED; i++) {
                micros.add(feed.chunk());
            }
            double own = (storeThreadNanos() - processor) / 1e3 / CHUNKS_MEASURED / CHUNK;
            double median = Median.of(micros);
            first = first == 0 ? own : first;
            Common.say("%,d rows: %.2f µs an event, store thread %.2f", before, median, own);
            table.row(
                    Table.whole(before),
                    Table.fixed(median, 2),
                    Table.fixed(own, 2),
                    Table.fixed(own / first, 2),
                    Table.whole(1e6 / median),
                    Table.whole((double) Files.size(file) / feed.stored));
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

    /** An engine over a database of its own, and the traffic that fills it. */
    private static final class Feed implements AutoCloseable {
        private final Engine engine;
        private final Beacons beacons;
        private final long from;
        private long stored;
        private volatile long now;

        Feed(Path file, long from) {
            this.now = from;
            this.engine = Engine.builder(SqliteStorage.open(file))
                    .clock(() -> Instant.ofEpochMilli(now))
                    .start();
            this.beacons =
                    new Beacons(1, engine.addSite(Site.of("example.com")).join().id());
            this.from = from;
        }

        /** Stores the next page views; returns microseconds per event from the first offer to the last commit. */
        double chunk() {
            List<Beacon> drawn = new ArrayList<>(CHUNK);
            for (int i = 0; i < CHUNK; i++) {
                drawn.add(beacons.next());
            }
            Collector collector = engine.collector();
            long start = System.nanoTime();
            for (Beacon beacon : drawn) {
                now += DAY / VIEWS_A_DAY;
                while (!collector.offer(beacon, Receipt.NONE)) {
                    LockSupport.parkNanos(20_000);
                }
            }
            engine.flush().join();
            long nanos = System.nanoTime() - start;
            stored += CHUNK;
            if (engine.counters().total(Counter.STORED) != stored) {
                throw new IllegalStateException(
                        "not all stored: " + engine.counters().get(Counter.STORED, 1));
            }
            return nanos / 1e3 / CHUNK;
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
