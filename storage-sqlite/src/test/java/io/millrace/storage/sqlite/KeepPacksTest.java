package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of old days go, their packs stay, and every question is answered as before. */
@Timeout(120)
class KeepPacksTest {
    private static final SqliteSettings EAGER =
            SqliteSettings.DEFAULT.with().packVisits(1).packShare(1).build();

    @TempDir
    Path directory;

    private Path file;
    private SqliteStorage storage;
    private Histories history;

    @BeforeEach
    void aHistoryOfSomeDays() {
        file = directory.resolve("millrace.db");
        storage = SqliteStorage.open(file, EAGER);
        history = new Histories(storage, 19);
        history.run(900);
    }

    @AfterEach
    void close() {
        history.engine().close();
    }

    private long number(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private void foreign(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    /** Lets time pass for the store thread until all that was written is in packs. */
    private void packAll() throws SQLException {
        long later = history.clock().millis() + Duration.ofHours(2).toMillis();
        while (number("SELECT count(*) FROM unpacked_days") > 0) {
            history.engine()
                    .execute(writer -> {
                        writer.housekeeping(later, false);
                        return null;
                    })
                    .join();
        }
    }

    private RowCount remove(Removal removal) {
        RowCount removed = RowCount.NONE;
        removal.look();
        for (boolean over = false; !over; ) {
            Removal.Step step =
                    history.engine().execute(writer -> removal.step()).join();
            removed = removed.plus(step.removed());
            over = step.over();
        }
        return removed;
    }

    /** Two days are young enough for their rows. */
    private long old() {
        return history.clock().millis() - Duration.ofDays(2).toMillis();
    }

    private void onlyPacksOfOldDays() throws SQLException {
        packAll();
        assertThat(remove(storage.pruning(old(), Keep.PACKS)).visits()).isPositive();
    }

    private List<Report> answers() {
        Site site = history.engine().sites().byId(history.site().id());
        Query totals = Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), Metric.values());
        Query part = Query.totals(site.id(), new Period(old() - 70_000_000, old() + 7), site.zone(), Metric.values());
        return Stream.of(
                        totals,
                        part,
                        totals.by(Dimension.DAY, 0),
                        totals.by(Dimension.PAGE, 0),
                        part.by(Dimension.PAGE, 0),
                        part.by(Dimension.HOUR, 0),
                        totals.by(Dimension.CITY, 0).where(List.of(Filter.is(Dimension.COUNTRY, "DE"))),
                        part.by(Dimension.PAGE, 0).where(List.of(Filter.is(Dimension.EVENT, "Signup"))))
                .map(history.engine()::query)
                .toList();
    }

    @Test
    void everyReportIsAnsweredAsBefore() throws SQLException {
        List<Report> before = answers();
        packAll();
        Removal pruning = storage.pruning(old(), Keep.PACKS);
        RowCount expected = pruning.count();
        assertThat(remove(pruning)).isEqualTo(expected);
        assertThat(expected.visits()).isPositive();
        assertThat(expected.visitors()).as("they stay, in packs").isZero();
        assertThat(answers()).isEqualTo(before);
        assertThat(
                        number(
                                "SELECT count(*) FROM sessions WHERE started_at + length_ms < (SELECT rows_from FROM pruned_sites)"))
                .isZero();
        Verification found = storage.verify();
        assertThat(found.differences()).isEmpty();
        assertThat(found.skipped()).isEmpty();
    }

    /** The period lies in days of which only figures are left, in days of which packs are, and in days that have rows. */
    @Test
    void reportsOverAllThatIsLeftAreAnsweredAsBefore() throws SQLException {
        List<Query> whole = List.of(
                Query.totals(
                        history.site().id(),
                        new Period(0, Long.MAX_VALUE),
                        history.site().zone(),
                        Metric.values()),
                Query.totals(
                                history.site().id(),
                                new Period(0, Long.MAX_VALUE),
                                history.site().zone(),
                                Metric.values())
                        .by(Dimension.DAY, 0),
                Query.totals(
                                history.site().id(),
                                new Period(0, Long.MAX_VALUE),
                                history.site().zone(),
                                Metric.VISITORS,
                                Metric.PAGE_VIEWS)
                        .by(Dimension.PAGE, 0),
                breakdown(Dimension.COUNTRY),
                breakdown(Dimension.CITY),
                breakdown(Dimension.SOURCE),
                breakdown(Dimension.ENTRY_PAGE),
                breakdown(Dimension.EXIT_PAGE));
        List<Report> before = history.engine().query(whole);
        onlyPacksOfOldDays();
        assertThat(history.engine().query(whole)).as("packs and rows").isEqualTo(before);
        long first = number("SELECT min(earliest) FROM packs");
        remove(storage.pruning(first + (old() - first) / 2, Keep.FIGURES));
        assertThat(number("SELECT packs_from < rows_from AND packs_from > " + first + " FROM pruned_sites"))
                .isOne();
        List<Report> after = history.engine().query(whole);
        assertThat(figures(after)).as("figures, packs and rows").isEqualTo(figures(before));
        assertThat(whole.stream().map(history.engine()::query)).isEqualTo(after);
        assertThat(after.get(0).rows().get(0).metrics().get(Metric.MEASURED.ordinal()))
                .as("page views that are there themselves still")
                .isEqualTo(history.engine()
                        .query(Query.totals(
                                history.site().id(),
                                new Period(0, Long.MAX_VALUE),
                                history.site().zone(),
                                Metric.MEASURED))
                        .rows()
                        .get(0)
                        .metrics()
                        .get(0))
                .isLessThan(before.get(0).rows().get(0).metrics().get(Metric.MEASURED.ordinal()));
    }

    /** What roll-ups have of answers to queries for all metrics. */
    private static List<Report> figures(List<Report> answers) {
        return answers.stream()
                .map(report -> new Report(
                        report.rows().stream()
                                .map(row -> new Report.Row(
                                        row.values(),
                                        row.metrics()
                                                .subList(
                                                        0,
                                                        Math.min(row.metrics().size(), Metric.MEASURED.ordinal()))))
                                .toList(),
                        report.totalRows(),
                        report.approximate()))
                .toList();
    }

    private Query breakdown(Dimension dimension) {
        return Query.totals(
                        history.site().id(),
                        new Period(0, Long.MAX_VALUE),
                        history.site().zone(),
                        Metric.values())
                .by(dimension, 0);
    }

    @Test
    void theReaderSaysSinceWhenVisitsCanBeToldOneByOne() throws SQLException {
        int site = history.site().id();
        assertThat(storage.reader().visitsFrom(site)).isEqualTo(Long.MIN_VALUE);
        onlyPacksOfOldDays();
        long from = storage.reader().visitsFrom(site);
        assertThat(from).isEqualTo(number("SELECT rows_from FROM pruned_sites"));
        assertThat(storage.reader()
                        .journeys(site, List.of("v1"), List.of(), 1_000, 0, 0)
                        .get("v1")
                        .visits())
                .allMatch(visit -> visit.lastActivity() >= from);
    }

    @Test
    void rowsStayUntilPacksHaveThem() throws SQLException {
        packAll();
        history.engine().close();
        foreign(
                "INSERT OR REPLACE INTO unpacked_days SELECT DISTINCT site_id, started_at / 86400000, 1, NULL FROM sessions");
        try (SqliteStorage opened = SqliteStorage.open(file, EAGER)) {
            Removal pruning = opened.pruning(old(), Keep.PACKS);
            assertThat(pruning.step()).isEqualTo(new Removal.Step(RowCount.NONE, false));
        }
    }

    /** A day's few visits are left to the rows for an hour, but not where somebody waits for their packs. */
    @Test
    void pruningWaitsForNoHour() {
        SqliteStorage patient = SqliteStorage.open(directory.resolve("patient.db"));
        Histories days = new Histories(patient, 19);
        days.run(900);
        long now = days.clock().millis();
        Removal pruning = patient.pruning(now - Duration.ofDays(2).toMillis(), Keep.PACKS);
        RowCount removed = RowCount.NONE;
        for (boolean over = false; !over; ) {
            Removal.Step step = days.engine()
                    .execute(writer -> {
                        writer.housekeeping(now, false);
                        return pruning.step();
                    })
                    .join();
            removed = removed.plus(step.removed());
            over = step.over();
        }
        assertThat(removed.visits()).isPositive();
        days.engine().close();
    }

    @Test
    void aVisitorWhoComesBackIsTheSame() throws SQLException {
        foreign("DELETE FROM affiliate_visits"); // they keep the names of their visitors
        history.clock().advance(Duration.ofDays(3));
        packAll();
        remove(storage.pruning(history.clock().millis(), Keep.PACKS));
        assertThat(number("SELECT count(*) FROM sessions")).isZero();
        assertThat(number("SELECT count(*) FROM visitors WHERE name = 'v1'")).isZero();
        long visitors = answers().get(0).rows().get(0).metrics().get(0);
        history.engine()
                .collector()
                .put(Beacon.of(history.site().id(), Beacon.Type.PAGEVIEW)
                        .visitorId("v1")
                        .url("https://example.com/again")
                        .build());
        history.engine().flush().join();
        assertThat(number("SELECT count(*) FROM visitors WHERE name = 'v1'")).isOne();
        assertThat(answers().get(0).rows().get(0).metrics().get(0)).isEqualTo(visitors);
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void anErasedVisitorIsInNoPackAndEveryStepIsExact() throws SQLException {
        onlyPacksOfOldDays();
        Removal erasing = storage.erasing(history.site().id(), "v1");
        RowCount expected = erasing.count();
        assertThat(expected.visitors()).isOne();
        RowCount erased = RowCount.NONE;
        for (boolean over = false; !over; ) {
            Removal.Step step = history.engine()
                    .removeVisitor(history.site().id(), "v1", writer -> erasing.step())
                    .join();
            over = step.over();
            erased = erased.plus(step.removed());
            assertThat(storage.verify().differences()).isEmpty();
        }
        assertThat(erased).isEqualTo(expected);
        assertThat(storage.erasing(history.site().id(), "v1").count()).isEqualTo(RowCount.NONE);
    }

    @Test
    void daysOfAnotherTimeZoneAreCountedFromPacks() throws SQLException {
        onlyPacksOfOldDays();
        Report before = answers().get(0);
        history.engine()
                .updateSite(history.site().withZone(ZoneId.of("Asia/Kolkata")))
                .join();
        assertThat(answers().get(0)).isEqualTo(before);
        List<Report> uncounted = answers();
        packAll();
        while (number("SELECT count(*) FROM uncounted_days") > 0) {
            history.engine()
                    .execute(writer -> {
                        writer.housekeeping(history.clock().millis(), false);
                        return null;
                    })
                    .join();
        }
        assertThat(answers()).isEqualTo(uncounted);
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void aCrashLosesNothingOfADayThatIsInPacksAndIsWrittenTo() throws Exception {
        onlyPacksOfOldDays();
        history.engine()
                .collector()
                .put(Beacon.of(history.site().id(), Beacon.Type.PAGEVIEW)
                        .visitorId("v2")
                        .url("https://example.com/late")
                        .time(number("SELECT rows_from FROM pruned_sites") + 1)
                        .trusted(true)
                        .build());
        history.engine().flush().join();
        List<Report> before = answers();
        Path crashed = directory.resolve("crashed.db");
        Files.copy(file, crashed);
        Files.copy(directory.resolve("millrace.db-wal"), directory.resolve("crashed.db-wal"));
        history.engine().close();
        file = crashed;
        storage = SqliteStorage.open(crashed, EAGER);
        assertThat(storage.verify().differences()).isEmpty();
        assertThat(storage.reader()
                        .query(Query.totals(
                                history.site().id(),
                                new Period(0, Long.MAX_VALUE),
                                history.site().zone(),
                                Metric.values())))
                .isEqualTo(before.get(0));
        storage.close();
    }

    @Test
    void aBackupHasThemToo() throws SQLException {
        onlyPacksOfOldDays();
        Path copy = directory.resolve("backup.db");
        storage.backup(copy);
        try (SqliteStorage restored = SqliteStorage.open(copy)) {
            assertThat(restored.verify().differences()).isEmpty();
            assertThat(restored.writer().lastVisitId())
                    .isEqualTo(storage.writer().lastVisitId());
        }
    }

    @Test
    void figuresStayWhenPacksGoToo() throws SQLException {
        onlyPacksOfOldDays();
        Report before = answers().get(0);
        Removal pruning = storage.pruning(old(), Keep.FIGURES);
        RowCount expected = pruning.count();
        RowCount removed = remove(pruning);
        assertThat(removed.visits()).isEqualTo(expected.visits()).isPositive();
        assertThat(removed.pageViews()).isEqualTo(expected.pageViews()).isPositive();
        assertThat(figures(answers().subList(0, 1))).isEqualTo(figures(List.of(before)));
        assertThat(pruning.count().visits()).isZero();
        Verification found = storage.verify();
        assertThat(found.differences()).isEmpty();
        assertThat(found.skipped()).hasSize(1);
    }
}
