package io.millrace.perf.measure;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import io.millrace.perf.report.Chart;
import io.millrace.perf.writer.BatchSource;
import io.millrace.perf.writer.Naive;
import io.millrace.perf.writer.RawLoop;
import io.millrace.perf.writer.Speed;
import io.millrace.perf.writer.WriterRun;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.SqliteSettings.Sync;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The writer alone: speed beside other ways, bytes a page view, growth, and reports out of what was written. */
@Command(name = "writer", description = "The writer alone: speed, bytes a page view, growth, reports.")
final class WriterTables implements Callable<Integer> {
    private static final int[] BATCHES = {10, 100, 500, 1_000, 5_000};
    private static final int[] CROWDED_BATCHES = {60, 200, 400};

    @Mixin
    private Common common;

    @Option(names = "--events", defaultValue = "100000", description = "Page views of each way.")
    private int events;

    @Option(names = "--rounds", defaultValue = "3", description = "Interleaved runs; the median counts.")
    private int rounds;

    @Option(names = "--large", defaultValue = "10000000", description = "Page views of the large database; 0: none.")
    private long large;

    private final Map<String, List<Speed>> speeds = new LinkedHashMap<>();
    private Path directory;

    private interface Run {
        Speed on(Path file) throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        directory = Files.createTempDirectory("writer");
        try {
            common.publish("writer", Provenance.of("perf/measure writer") + ways());
            common.publish("bytes", Provenance.of("perf/measure writer") + bytes());
            if (large > 0) {
                common.publish("reports", Provenance.of("perf/measure writer") + reports());
            }
        } finally {
            clear();
            Files.delete(directory);
        }
        return 0;
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void time(String way, Run run) throws Exception {
        clear();
        Speed speed = run.on(directory.resolve("db"));
        speeds.computeIfAbsent(way, w -> new ArrayList<>()).add(speed);
        Common.say("%s: %,.0f/s, %,.0f a second of processor time", way, speed.perSecond(), speed.perCpuSecond());
    }

    private String ways() throws Exception {
        int few = events / 10;
        for (int i = 0; i < rounds; i++) {
            time("(a) nine autocommits, stock pragmas", f -> Naive.fresh(f, false, true, few / 4, 0));
            time("(b) nine autocommits, tuned pragmas", f -> Naive.fresh(f, true, false, few, 0));
            time("(c) one transaction each", f -> Naive.fresh(f, true, false, few, 1));
            for (int batch : BATCHES) {
                time(
                        "(d) the same statements, " + batch + " a transaction",
                        f -> Naive.fresh(f, true, false, events, batch));
            }
            for (Sync sync : Sync.values()) {
                for (int batch : BATCHES) {
                    String way =
                            "(e) this writer, sync " + sync.name().toLowerCase(java.util.Locale.ROOT) + ", " + batch;
                    time(way, f -> WriterRun.fresh(f, sync, events, events, batch));
                }
            }
            for (int batch : CROWDED_BATCHES) {
                time(
                        "(e) this writer, sync normal, " + batch + ", 2,000 visits under way",
                        f -> WriterRun.crowded(f, events, events, batch));
            }
            time("raw JDBC, the same rows, nothing counted, 1000", f -> RawLoop.fresh(f, events, events, 1_000));
        }
        double first = median(speeds.values().iterator().next(), true);
        Table table = new Table("way", "page views/s", "a second of processor time", "times (a)");
        speeds.forEach((way, all) -> table.row(
                way,
                Table.whole(median(all, true)),
                Table.whole(median(all, false)),
                Table.fixed(median(all, true) / first, 1)));
        return table + "\n" + common.chart("writer", "Page views a second by batch size", chart());
    }

    private String chart() {
        double[] xs = new double[BATCHES.length + 1];
        String[] labels = new String[xs.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = i;
            labels[i] = i == 0 ? "1" : String.valueOf(BATCHES[i - 1]);
        }
        return new Chart("Page views a second", "page views a transaction", "page views/s")
                .logarithmic()
                .legendBelow()
                .xTicks(xs, labels)
                .line(
                        "(c), (d) the stories' statements",
                        xs,
                        speeds("(c) one transaction each", "(d) the same statements, %d a transaction"))
                .line("(e) this writer, sync normal", tail(xs), speeds(null, "(e) this writer, sync normal, %d"))
                .line("(e) this writer, sync full", tail(xs), speeds(null, "(e) this writer, sync full, %d"))
                .svg();
    }

    private static double[] tail(double[] xs) {
        return Arrays.copyOfRange(xs, 1, xs.length);
    }

    /** The medians of one way of writing, by batch size; before them that of single page views, where there is one. */
    private double[] speeds(String single, String batched) {
        DoubleStream first = single == null ? DoubleStream.empty() : DoubleStream.of(median(speeds.get(single), true));
        return DoubleStream.concat(
                        first, Arrays.stream(BATCHES).mapToDouble(b -> median(speeds.get(batched.formatted(b)), true)))
                .toArray();
    }

    private static double median(List<Speed> speeds, boolean clock) {
        double[] sorted = speeds.stream()
                .mapToDouble(clock ? Speed::perSecond : Speed::perCpuSecond)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private String bytes() throws Exception {
        clear();
        Path file = directory.resolve("db");
        Table table = new Table("page views", "bytes a page view", "of the last million");
        long before = 0;
        for (int million = 1; million <= 2; million++) {
            try (SqliteStorage storage = SqliteStorage.open(file)) {
                Site site = million == 1
                        ? storage.writer().saveSite(Site.of("example.com"))
                        : storage.writer().catalog().sites().get(0);
                long from = WriterRun.START + (million - 1) * 30L * 86_400_000;
                long last = storage.writer().lastVisitId();
                WriterRun.write(storage, new BatchSource(site, million, 1_000_000, 30, from, last), 1_000_000, 1_000);
            }
            long size = Files.size(file);
            table.row(
                    Table.whole(million * 1e6),
                    Table.fixed(size / (million * 1e6), 1),
                    Table.fixed((size - before) / 1e6, 1));
            before = size;
        }
        return table + "\nWhere they are, in bytes a page view:\n\n" + where(file, 2_000_000);
    }

    static String where(Path file, long pageViews) throws SQLException {
        Table table = new Table("table or index", "bytes a page view", "unused in its pages");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet rows =
                        s.executeQuery("SELECT name, sum(pgsize), 100.0 * sum(unused) / sum(pgsize) FROM dbstat"
                                + " GROUP BY name ORDER BY 2 DESC LIMIT 12")) {
            while (rows.next()) {
                table.row(
                        "`" + rows.getString(1) + "`",
                        Table.fixed(rows.getDouble(2) / pageViews, 1),
                        Table.whole(rows.getDouble(3)) + " %");
            }
        }
        return table.toString();
    }

    private String reports() throws Exception {
        clear();
        Path file = directory.resolve("db");
        SqliteSettings patient = SqliteSettings.DEFAULT
                .with()
                .readers(2)
                .queryTimeout(Duration.ofMinutes(5))
                .build();
        try (SqliteStorage storage = SqliteStorage.open(file, patient)) {
            Site site = storage.writer().saveSite(Site.of("example.com"));
            BatchSource source = new BatchSource(site, 7, large, 30, WriterRun.START, 0);
            Speed empty = WriterRun.write(storage, source, 500_000, 1_000);
            WriterRun.write(storage, source, large - 1_000_000, 1_000);
            Speed full = WriterRun.write(storage, source, 500_000, 1_000);
            String growth = "Page views/s while the site held up to half a million: " + Table.whole(empty.perSecond())
                    + " (" + Table.whole(empty.perCpuSecond()) + " a second of processor time); with "
                    + Table.whole(large)
                    + ": " + Table.whole(full.perSecond()) + " (" + Table.whole(full.perCpuSecond()) + ").\n\n";
            return growth + panels(storage.reader(), site);
        }
    }

    private static String panels(StorageReader reader, Site site) {
        Period month = new Period(WriterRun.START, WriterRun.START + 30L * 86_400_000);
        Table table = new Table("panel, 30 days, milliseconds", "no filter", "country", "country, browser and page");
        List<List<Filter>> filters = List.of(
                List.of(),
                List.of(Filter.is(Dimension.COUNTRY, "C3")),
                List.of(
                        Filter.is(Dimension.COUNTRY, "C3"),
                        Filter.is(Dimension.BROWSER, "Firefox"),
                        Filter.is(Dimension.PAGE, "/blog/*")));
        Query totals = Query.totals(
                site.id(),
                month,
                site.zone(),
                Metric.SESSIONS,
                Metric.VISITORS,
                Metric.PAGE_VIEWS,
                Metric.BOUNCES,
                Metric.DURATION);
        Query pages = Query.totals(site.id(), month, site.zone(), Metric.PAGE_VIEWS, Metric.VISITORS);
        Map<String, Query> panels = new LinkedHashMap<>();
        panels.put("totals", totals);
        panels.put("by day", totals.by(Dimension.DAY, 0));
        panels.put("pages", pages.by(Dimension.PAGE, 20));
        for (Dimension d : List.of(
                Dimension.SOURCE,
                Dimension.ENTRY_PAGE,
                Dimension.EXIT_PAGE,
                Dimension.COUNTRY,
                Dimension.CITY,
                Dimension.BROWSER,
                Dimension.OS,
                Dimension.DEVICE)) {
            panels.put(d.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), totals.by(d, 20));
        }
        double[] sums = new double[filters.size()];
        panels.forEach((name, query) -> {
            String[] cells = new String[filters.size() + 1];
            cells[0] = name;
            for (int i = 0; i < filters.size(); i++) {
                double millis = millis(reader, query.where(filters.get(i)), i == 0 ? 5 : 1);
                sums[i] += millis;
                cells[i + 1] = Table.fixed(millis, 1);
            }
            table.row(cells);
        });
        return table.row("all together", Table.fixed(sums[0], 1), Table.fixed(sums[1], 1), Table.fixed(sums[2], 1))
                .toString();
    }

    private static double millis(StorageReader reader, Query query, int runs) {
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            reader.query(query);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        java.util.Arrays.sort(times);
        return times[runs / 2];
    }
}
