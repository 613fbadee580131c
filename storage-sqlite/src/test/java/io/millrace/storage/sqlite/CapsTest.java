package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Attribute;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Event;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Samples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Floods of texts are bounded, and what the bounds did is counted. */
@Timeout(60)
class CapsTest {
    private static final int VISITS = 60;

    /** What reports count with is no setting. */
    private static final int SCRATCH_BYTES = 32 << 20;

    @TempDir
    Path directory;

    private Report pages(SqliteStorage storage, Site site) {
        return storage.reader()
                .query(Query.totals(
                                site.id(),
                                new Period(0, Long.MAX_VALUE),
                                site.zone(),
                                Metric.PAGE_VIEWS,
                                Metric.VISITORS)
                        .by(Dimension.PAGE, 0));
    }

    private static Site fill(SqliteStorage storage) {
        Site site = storage.writer().saveSite(Site.of("example.com"));
        for (int i = 1; i <= VISITS; i++) {
            Event e = Samples.page(site, "v" + i, "e" + i, "/flood/" + i, Samples.NOON + i);
            storage.writer().write(Samples.opening(Samples.visit(i, null, e), e));
        }
        return site;
    }

    private static final SqliteSettings TWENTY =
            SqliteSettings.DEFAULT.with().valuesPerDay(20).build();
    private static final long DAY = 86_400_000;

    private static void view(SqliteStorage storage, Site site, int id, String path, long time) {
        Event e = Samples.page(site, "v" + id, "e" + id, path, time);
        storage.writer().write(Samples.opening(Samples.visit(id, null, e), e));
    }

    private static Report top(SqliteStorage storage, Site site, Dimension dimension, int days) {
        long midnight = site.startOfDay(site.dayOf(Samples.NOON));
        Period period = new Period(midnight - (days - 1) * DAY, midnight + DAY);
        return storage.reader()
                .query(Query.totals(site.id(), period, site.zone(), Metric.PAGE_VIEWS, Metric.VISITORS)
                        .by(dimension, 3));
    }

    /** Lets what is left to do between batches be done, until the day says the largest values only. */
    private static void fold(SqliteStorage storage, Site site) {
        for (long now = Samples.NOON;
                !top(storage, site, Dimension.EXIT_PAGE, 1).approximate()
                        || !top(storage, site, Dimension.PAGE, 1).approximate();
                now += 1_000) {
            storage.writer().housekeeping(now, true);
        }
    }

    @Test
    void theRealTopPageStandsOutFromJunkThatCameBeforeIt() {
        Path file = directory.resolve("millrace.db");
        Report.Row real = new Report.Row(List.of("/real"), List.of(30L, 30L));
        Site site;
        try (SqliteStorage storage = SqliteStorage.open(file, TWENTY)) {
            site = fill(storage);
            view(storage, site, 900, "/yesterday", Samples.NOON - DAY);
            for (int i = 0; i < 30; i++) {
                view(storage, site, 1_000 + i, "/real", Samples.NOON + 1_000 + i);
            }
            for (Dimension d : List.of(Dimension.PAGE, Dimension.ENTRY_PAGE, Dimension.EXIT_PAGE)) {
                Report today = top(storage, site, d, 1);
                assertThat(today.rows().get(0)).isEqualTo(real);
                assertThat(today.totalRows()).isEqualTo(VISITS + 1);
                assertThat(today.approximate()).isFalse();
                Report both = top(storage, site, d, 2);
                assertThat(both.rows().get(0)).isEqualTo(real);
                assertThat(both.totalRows()).isEqualTo(VISITS + 2);
            }
            assertThat(noted(storage, Counter.CAPPED_VALUE)).isPositive();
            assertThat(storage.verify().differences()).isEmpty();
        }
        try (SqliteStorage storage = SqliteStorage.open(file, TWENTY)) {
            assertThat(top(storage, site, Dimension.PAGE, 1).rows().get(0)).isEqualTo(real);
            fold(storage, site);
            for (int days = 1; days <= 2; days++) {
                Report closed = top(storage, site, Dimension.PAGE, days);
                assertThat(closed.rows().get(0)).isEqualTo(new Report.Row(List.of("(other)"), List.of(41L, 41L)));
                assertThat(closed.rows().get(1)).isEqualTo(real);
                assertThat(closed.totalRows()).isEqualTo(20 + days);
                assertThat(closed.approximate()).isTrue();
            }
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void aLateEventOpensADayAgainThatHadTooManyValues() {
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), TWENTY)) {
            Site site = fill(storage);
            storage.writer().housekeeping(Samples.NOON, true);
            storage.writer().housekeeping(Samples.NOON + 700_000, true);
            fold(storage, site);
            view(storage, site, 1_000, "/flood/60", Samples.NOON + 2_000);
            Report again = top(storage, site, Dimension.PAGE, 1);
            assertThat(again.rows().get(0)).isEqualTo(new Report.Row(List.of("/flood/60"), List.of(2L, 2L)));
            assertThat(again.approximate()).isFalse();
            assertThat(storage.verify().differences()).isEmpty();
            storage.writer().housekeeping(Samples.NOON + 2_000_000, true);
            fold(storage, site);
            assertThat(top(storage, site, Dimension.PAGE, 1).rows())
                    .contains(new Report.Row(List.of("/flood/60"), List.of(2L, 2L)));
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void whatIsPrunedKeepsItsLargestValues() {
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), TWENTY)) {
            Site site = fill(storage);
            for (int i = 0; i < 30; i++) {
                view(storage, site, 1_000 + i, "/real", Samples.NOON + 1_000 + i);
            }
            Removal old = storage.pruning(Samples.NOON + DAY, Keep.FIGURES);
            while (!old.step().over()) {
                assertThat(top(storage, site, Dimension.PAGE, 1).rows())
                        .contains(new Report.Row(List.of("/real"), List.of(30L, 30L)));
            }
            view(storage, site, 2_000, "/late", Samples.NOON + 2_000);
            Report late = top(storage, site, Dimension.PAGE, 1);
            assertThat(late.rows().get(0)).isEqualTo(new Report.Row(List.of("(other)"), List.of(42L, 42L)));
            assertThat(late.approximate()).isTrue();
        }
    }

    @Test
    void withFewValuesKeptAllFiguresAreTheSame() {
        SqliteSettings two = SqliteSettings.DEFAULT.with().valuesPerDay(2).build();
        SqliteStorage few = SqliteStorage.open(directory.resolve("few.db"), two);
        SqliteStorage many = SqliteStorage.open(directory.resolve("many.db"));
        Histories capped = new Histories(few, 12);
        Histories free = new Histories(many, 12);
        capped.run(300);
        free.run(300);
        for (Dimension d : Dimension.values()) {
            if (d.kind() != Attribute.Kind.TIME) {
                Query query = Query.totals(
                                free.site().id(),
                                new Period(0, Long.MAX_VALUE),
                                free.site().zone(),
                                Metric.PAGE_VIEWS,
                                Metric.VISITORS,
                                Metric.EVENTS)
                        .by(d, 0);
                assertThat(few.reader().query(query))
                        .as(d.name())
                        .isEqualTo(many.reader().query(query));
            }
        }
        assertThat(few.verify().differences()).isEmpty();
        capped.engine().close();
        free.engine().close();
    }

    /** Each visitor comes once, from a source and to a page of his own, with a long name. */
    @Test
    void whatStrangersSendIsKeptWithinItsBounds() {
        SqliteSettings small = SqliteSettings.DEFAULT
                .with()
                .memoryBytes(1 << 20)
                .columnCacheBytes(1 << 20)
                .build();
        Bounds bounds = new Bounds();
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), small)) {
            storage.register(bounds);
            assertThat(bounds.limit()).isLessThanOrEqualTo((2 << 20) + SCRATCH_BYTES);
            Site site = storage.writer().saveSite(Site.of("example.com"));
            Map<String, Long> most = new HashMap<>();
            for (int id = 1; id <= 6_000; id++) {
                view(storage, site, id, "/" + "long".repeat(50) + id, Samples.NOON + id * 100_000L);
                bounds.all().forEach(b -> most.merge(b.name(), b.used().getAsLong(), Math::max));
            }
            for (Bounds.Bound bound : bounds.all()) {
                assertThat(most.get(bound.name())).as(bound.name()).isLessThanOrEqualTo(bound.limit());
            }
            assertThat(most.get("storage_texts")).isGreaterThan(100_000);
            assertThat(most.get("storage_days")).isGreaterThan(100_000);
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    /** Each of twenty sites has visitors in all quarters of an hour of a day. */
    @Test
    void quartersThatAreOverMakeRoomAndAreCountedAllTheSame() {
        SqliteSettings small =
                SqliteSettings.DEFAULT.with().memoryBytes(1 << 20).build();
        Bounds bounds = new Bounds();
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), small)) {
            storage.register(bounds);
            Bounds.Bound days = bounds.all().stream()
                    .filter(b -> b.name().equals("storage_days"))
                    .findAny()
                    .orElseThrow();
            List<Site> sites = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sites.add(storage.writer().saveSite(Site.of("example" + i + ".com")));
            }
            long morning = sites.get(0).startOfDay(sites.get(0).dayOf(Samples.NOON));
            for (int quarter = 0; quarter < 96; quarter++) {
                together(storage, sites, "v" + quarter, morning + quarter * 900_000L);
                assertThat(days.used().getAsLong()).isLessThanOrEqualTo(days.limit());
            }
            together(storage, sites, "late", morning + 1);
            for (Site site : sites) {
                Query hours = Query.totals(site.id(), new Period(morning, morning + DAY), site.zone(), Metric.VISITORS)
                        .by(Dimension.HOUR, 0);
                assertThat(storage.reader().query(hours).rows())
                        .extracting(row -> row.metrics().get(0))
                        .startsWith(5L, 4L, 4L)
                        .hasSize(24);
            }
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    /** A page view of each site, in one transaction. */
    private static void together(SqliteStorage storage, List<Site> sites, String visitor, long time) {
        List<Batch.VisitChange> visits = new ArrayList<>();
        List<Batch.Hit> hits = new ArrayList<>();
        for (Site site : sites) {
            Event e = Samples.page(site, visitor, visitor + "-" + site.id(), "/", time);
            Visit visit = Samples.visit(storage.writer().lastVisitId() + 1 + visits.size(), null, e);
            visits.add(new Batch.VisitChange(null, visit));
            hits.add(new Batch.Hit(visit, e));
        }
        storage.writer().write(Samples.batch(visits, hits, List.of()));
    }

    @Test
    void newTextsBeyondTheCapOfADayAreOthersInRowsToo() {
        SqliteSettings few = SqliteSettings.DEFAULT
                .with()
                .openDays(64)
                .valuesPerDay(5_000)
                .textsPerDay(50)
                .build();
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), few)) {
            Site site = fill(storage);
            assertThat(pages(storage, site).totalRows()).isLessThan(50);
            assertThat(noted(storage, Counter.CAPPED_TEXT)).isPositive();
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    private static long noted(SqliteStorage storage, Counter counter) {
        return storage.writer().takeNotes().stream()
                .filter(note -> note.counter() == counter)
                .mapToLong(Batch.LedgerEntry::delta)
                .sum();
    }

    @Test
    void newTextsOfADayAreCappedOverManyTransactions() throws SQLException {
        Path file = directory.resolve("millrace.db");
        SqliteSettings few = SqliteSettings.DEFAULT.with().textsPerDay(1_000).build();
        try (SqliteStorage storage = SqliteStorage.open(file, few)) {
            Site site = storage.writer().saveSite(Site.of("example.com"));
            for (int id = 1; id <= 3_000; id++) {
                Event e = Samples.page(site, "v" + id, "e" + id, "/junk/" + id, Samples.NOON + id);
                storage.writer().write(Samples.opening(Samples.visit(id, null, e), e));
            }
            assertThat(noted(storage, Counter.CAPPED_TEXT)).isPositive();
            assertThat(storage.verify().differences()).isEmpty();
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet texts = s.executeQuery("SELECT count(*) FROM texts WHERE id > 1")) {
            assertThat(texts.getInt(1)).isEqualTo(1_000);
        }
    }

    /** A path beyond one site's cap is brought by another site while the visit goes on. */
    @Test
    void aVisitKeepsWhatItsRowSaysWhenItsTextsGetNumbersLater() {
        SqliteSettings few = SqliteSettings.DEFAULT.with().textsPerDay(50).build();
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"), few)) {
            Site site = fill(storage);
            Event capped = Samples.page(site, "late", "a", "/capped", Samples.NOON + 100);
            Visit before = Samples.visit(1_000, null, capped);
            storage.writer().write(Samples.opening(before, capped));
            Site other = storage.writer().saveSite(Site.of("example.org"));
            Event same = Samples.page(other, "else", "b", "/capped", Samples.NOON + 200);
            storage.writer().write(Samples.opening(Samples.visit(1_001, null, same), same));
            Event next = Samples.page(site, "late", "c", "/capped", Samples.NOON + 300);
            Visit after = Samples.extended(before, next);
            storage.writer()
                    .write(Samples.batch(
                            List.of(new Batch.VisitChange(before, after)),
                            List.of(new Batch.Hit(after, next)),
                            List.of()));
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void fewOpenDaysGiveTheSameFigures() {
        SqliteSettings one = SqliteSettings.DEFAULT
                .with()
                .openDays(1)
                .valuesPerDay(5_000)
                .textsPerDay(200_000)
                .build();
        Histories history = new Histories(SqliteStorage.open(directory.resolve("millrace.db"), one), 11);
        history.run(300);
        SqliteStorage storage = (SqliteStorage) history.engine().storage();
        assertThat(storage.verify().differences()).isEmpty();
        history.engine().close();
    }
}
