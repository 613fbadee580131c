package io.millrace.storage.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Event;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Money;
import io.millrace.engine.Payout;
import io.millrace.engine.Period;
import io.millrace.engine.Position;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.Samples;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plan of every statement: no cost may grow with what a site already holds. */
@Timeout(60)
class PlansTest {
    private static final long DAY = 86_400_000;
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(page_views|events|sessions|visitors|day_values|quarter_stats|quarter_sets|"
                    + "affiliate_visits|conversions|filtered_events|audit)\\b(?:\\s+(?:AS\\s+)?(\\w+))?",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> KEYWORDS =
            Set.of("where", "set", "on", "cross", "join", "left", "group", "order", "union", "limit", "values");

    private static final List<List<Filter>> FILTERS = List.of(
            List.of(),
            List.of(Filter.is(Dimension.COUNTRY, "DE")),
            List.of(Filter.is(Dimension.PAGE, "/1", "/2"), Filter.isNot(Dimension.BROWSER, "Opera")));
    private static final List<Period> PERIODS = List.of(
            new Period(Samples.NOON - DAY / 2, Samples.NOON + 30 * DAY),
            new Period(Samples.NOON + 1, Samples.NOON + 60_000),
            new Period(Samples.NOON + 1, Samples.NOON + 2 * DAY));

    @TempDir
    Path directory;

    /** Remembers what is prepared. */
    private static final class Recording extends ConnectionFactory {
        final Set<String> statements = Collections.synchronizedSet(new TreeSet<>());

        Recording(Path file) {
            super(file, SqliteSettings.DEFAULT);
        }

        @Override
        public StatementCache statements(Connection connection) {
            return new StatementCache(connection) {
                @Override
                public PreparedStatement prepare(String sql) throws SQLException {
                    statements.add(sql);
                    return super.prepare(sql);
                }
            };
        }
    }

    @Test
    void noStatementReadsAWholeTable() throws SQLException {
        assertThat(scans("SELECT 1")).isEmpty();
    }

    @Test
    void noStatementReadsAWholeTableWithoutStatistics() throws SQLException {
        assertThat(scans("DROP TABLE sqlite_stat1")).isEmpty();
    }

    @Test
    void noStatementReadsAWholeTableAMinuteAfterSomebodyMeasuredASmallDatabase() throws SQLException {
        assertThat(scans("ANALYZE")).isEmpty();
    }

    /** @param foreign what somebody does to the database while it is almost empty */
    private List<String> scans(String foreign) throws SQLException {
        Recording recording = new Recording(directory.resolve("millrace.db"));
        try (Database database = Database.open(recording, SqliteSettings.DEFAULT, new PrometheusRegistry())) {
            Site site = database.writer().saveSite(Site.of("example.com"));
            write(database.writer(), site, 1, Samples.NOON);
            try (Connection c = recording.writer();
                    Statement s = c.createStatement()) {
                s.execute(foreign);
            }
            database.writer().housekeeping(Samples.NOON, false);
            recording.statements.clear();
            for (int i = 2; i < 40; i++) {
                write(database.writer(), site, i, Samples.NOON + i * DAY / 10);
            }
            report(database.reader(), site);
            everythingElse(database, site);
            assertThat(recording.statements).hasSizeGreaterThan(100);
            List<String> scans = new ArrayList<>();
            try (Connection c = recording.reader();
                    Statement s = c.createStatement()) {
                s.execute("CREATE TEMP TABLE selected_hits (session_id, time, path_id, host_id, name_id, page)");
                for (String sql : recording.statements) {
                    scans.addAll(scans(c, sql));
                }
            }
            return scans;
        }
    }

    private static void write(StorageWriter writer, Site site, long id, long time) {
        Event e = Samples.page(site, "v" + id % 7, "e" + id, "/" + id % 5, time);
        Visit visit = Samples.visit(id, "s" + id, e);
        writer.write(new Batch(
                List.of(new Batch.VisitChange(null, visit)),
                List.of(new Batch.Hit(visit, e)),
                List.of(new Batch.Engagement(visit, new Visit.View("e" + id, 5, 5))),
                List.of(new Batch.AffiliateVisit(
                        new Affiliate(1, site.id(), "bob", "Bob", 0.1, Duration.ofDays(1)), visit, e)),
                List.of(FilteredEvent.of(
                        Event.of(site, e.type(), time)
                                .filtered(Counter.FILTERED_BOT)
                                .build(),
                        20_000,
                        time)),
                List.of(),
                List.of(new Batch.LedgerEntry(site.id(), 20_000, Counter.STORED, 1)),
                List.of(new Position("log", id))));
    }

    private static void everythingElse(Database database, Site site) {
        StorageWriter writer = database.writer();
        writer.saveAffiliate(new Affiliate(0, site.id(), "bob", "Bob", 0.1, Duration.ofDays(1)));
        Visit visit = writer.findVisit(new Visit.Key(site.id(), "v1", "s1"), 0, Long.MAX_VALUE, 0)
                .orElseThrow()
                .visit();
        writer.filtered(site.id(), Counter.FILTERED_BOT, 0, 10);
        writer.contains(site.id(), "e1", Samples.NOON - 60_000, Samples.NOON + 60_000);
        writer.findView(visit, "e1");
        writer.activeSince(Samples.NOON, 10);
        writer.findVisit(site.id(), "v1", null, Samples.NOON);
        writer.findVisit(site.id(), null, "s1", Samples.NOON);
        writer.touches(site.id(), "v1", Samples.NOON);
        Conversion paid = writer.saveConversion(Conversion.of(site.id(), "x", new Money(1, "EUR"), Samples.NOON)
                .with()
                .visitor("v1")
                .visitId(1)
                .affiliateId(1)
                .build());
        writer.findConversion(site.id(), "x");
        writer.saveRefund(new Refund(0, site.id(), "r", paid.id(), 1, Samples.NOON), paid);
        writer.findRefund(site.id(), "r");
        Payout payout = writer.savePayout(new Payout(0, site.id(), 1, "bank", new Money(1, "EUR"), Samples.NOON));
        writer.findPayout(site.id(), 1, "bank");
        database.reader().filtered(site.id(), 10);
        database.reader().filteredDays(site.id(), Counter.FILTERED_AI, 0, 30_000);
        database.reader().filteredPages(site.id(), Counter.FILTERED_AI, 0, 30_000, 10);
        database.reader().sales(site.id(), 1, sale -> {});
        database.reader().payouts(site.id(), 1, paidOut -> {});
        database.reader().payouts(site.id(), 1, 0, 1);
        database.reader().conversions(site.id(), "v1", 0, 10);
        database.reader().visits(site.id(), Set.of("v1", "0123456789abcdef"), Long.MAX_VALUE, 10);
        writer.removePayout(site.id(), 1, payout.id());
        readMore(database.reader(), site);
        writer.housekeeping(Samples.NOON + 400 * DAY, true);
        database.maintenance().verify();
        remove(database.maintenance().pruning(Samples.NOON + DAY, Keep.PACKS));
        remove(database.maintenance().pruning(Samples.NOON + DAY, Keep.FIGURES));
        remove(database.maintenance().erasing(site.id(), "v3"));
        writer.saveSite(site.withZone(ZoneId.of("Asia/Tokyo")));
    }

    private static void remove(Removal removal) {
        removal.count();
        removal.step();
    }

    private static void report(StorageReader reader, Site site) {
        for (Period period : PERIODS) {
            for (List<Filter> some : FILTERS) {
                Query totals = Query.totals(site.id(), period, site.zone(), Metric.values())
                        .where(some);
                reader.query(totals);
                for (Dimension d : Dimension.values()) {
                    reader.query(totals.by(d, 5));
                }
                reader.query(List.of(totals, totals.by(Dimension.PAGE, 5), totals.by(Dimension.BROWSER, 5)));
                reader.walk(site.id(), period, some, "Signup", Passing::new);
            }
        }
    }

    /** Looks at nothing. */
    private static final class Passing implements StorageReader.Walk {
        @Override
        public void path(int number, String path) {}

        @Override
        public void page(boolean newVisitor, int path) {}

        @Override
        public void event(boolean newVisitor) {}
    }

    private static void readMore(StorageReader reader, Site site) {
        for (Period period : PERIODS) {
            for (List<Filter> some : FILTERS) {
                reader.conversions(site.id(), period, some);
                reader.properties(new PropertyQuery(site.id(), period, some, null, 5));
                reader.properties(new PropertyQuery(site.id(), period, some, "plan", 5));
                for (AffiliateQuery.Group group : AffiliateQuery.Group.values()) {
                    reader.affiliateVisits(new AffiliateQuery(site.id(), 0, period, site.zone(), group, some, 5));
                    reader.affiliateVisits(new AffiliateQuery(site.id(), 1, period, site.zone(), group, some, 5));
                }
            }
        }
        for (List<Filter> filters : List.of(
                List.<Filter>of(),
                List.of(Filter.is(Dimension.PAGE, "/a")),
                List.of(Filter.is(Dimension.COUNTRY, "DE")))) {
            reader.journeys(site.id(), List.of("v1", "v2"), filters, 3, 3, 3);
        }
        reader.ledger(site.id(), 0, 30_000);
    }

    /** The plan's lines that read a whole large table, or a whole index of one. */
    private static List<String> scans(Connection c, String sql) throws SQLException {
        Set<String> large = new TreeSet<>();
        Matcher m = TABLE.matcher(sql);
        while (m.find()) {
            large.add(m.group(1));
            if (m.group(2) != null && !KEYWORDS.contains(m.group(2).toLowerCase(java.util.Locale.ROOT))) {
                large.add(m.group(2));
            }
        }
        if (sql.contains("FROM page_views) h")) {
            large.add("h");
        }
        List<String> scans = new ArrayList<>();
        if (sql.startsWith("PRAGMA") || sql.equals("BEGIN") || sql.equals("COMMIT")) {
            return scans;
        }
        String select = sql.replaceFirst("^CREATE TEMP TABLE \\w+ AS ", "");
        try (PreparedStatement explain = c.prepareStatement("EXPLAIN QUERY PLAN " + select);
                ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                String line = rows.getString(4);
                String[] words = line.split(" ");
                if (words[0].equals("SCAN") && large.contains(words[1])) {
                    scans.add(line + " IN " + sql.replaceAll("\\s+", " "));
                }
            }
        }
        return scans;
    }
}
