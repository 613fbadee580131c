package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MaintenanceTest {
    @TempDir
    Path directory;

    private Path file;
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private SqliteStorage storage;
    private Histories history;

    @BeforeEach
    void fill() {
        file = directory.resolve("millrace.db");
        storage = SqliteStorage.open(file, SqliteSettings.DEFAULT, metrics);
        history = new Histories(storage, 7);
        history.run(400);
    }

    @AfterEach
    void close() {
        history.engine().close();
    }

    private void foreign(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private Report totals() {
        return storage.reader()
                .query(Query.totals(
                        history.site().id(),
                        new Period(0, Long.MAX_VALUE),
                        history.site().zone(),
                        Metric.values()));
    }

    @Test
    void aWrongRollUpIsFoundAndRepaired() throws SQLException {
        assertThat(storage.verify().clean()).isTrue();
        foreign("UPDATE daily_stats SET page_views = page_views + 3, visitors = visitors + 1");
        foreign(
                "UPDATE quarter_stats SET bounces = bounces + 1 WHERE quarter = (SELECT max(quarter) FROM quarter_stats)");
        assertThat(storage.verify().differences())
                .extracting(Difference::figure)
                .contains("page_views", "visitors", "bounces");
        history.engine().execute(writer -> storage.repair()).join();
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void countsOfVisitsAreThoseOfTheirRows() throws SQLException {
        foreign("UPDATE sessions SET page_count = page_count + 1 WHERE id = 1");
        assertThat(storage.verify().differences())
                .extracting(Difference::rollup)
                .contains("sessions");
        history.engine().execute(writer -> storage.repair()).join();
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void aBackupIsWholeAndSound() {
        Path copy = directory.resolve("backup.db");
        storage.backup(copy);
        SqliteStorage.check(copy);
        try (SqliteStorage restored = SqliteStorage.open(copy)) {
            assertThat(restored.verify().differences()).isEmpty();
            assertThat(restored.writer().lastVisitId())
                    .isEqualTo(storage.writer().lastVisitId());
        }
        assertThatThrownBy(() -> storage.backup(copy))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("exists");
    }

    @Test
    void pruningKeepsWhatWasCounted() throws SQLException {
        foreign("INSERT INTO affiliates (site_id, slug, name, rate, window_ms) VALUES (1, 'blog', 'Blog', 0, 0)");
        foreign("INSERT INTO affiliate_visits (session_id, affiliate_id, site_id, visitor_id, time, landing_id)"
                + " SELECT id, (SELECT max(id) FROM affiliates), site_id, visitor_id, started_at, 0 FROM sessions"
                + " WHERE id IN (SELECT min(id) FROM sessions)");
        Report before = totals();
        long old = history.clock().millis() - Duration.ofDays(2).toMillis();
        Removal pruning = storage.pruning(old, Keep.FIGURES);
        RowCount expected = pruning.count();
        RowCount removed = RowCount.NONE;
        for (Removal.Step step = null; step == null || !step.over(); ) {
            step = history.engine().execute(writer -> pruning.step()).join();
            removed = removed.plus(step.removed());
        }
        assertThat(removed).isEqualTo(expected);
        assertThat(removed.visits()).isPositive();
        assertThat(totals()).isEqualTo(before);
        assertThat(pruning.count().isEmpty()).isTrue();
        assertThat(number("PRAGMA freelist_count")).as("pages given back").isZero();
        Verification found = storage.verify();
        assertThat(found.differences()).isEmpty();
        assertThat(found.skipped()).singleElement().asString().contains("pruned");
        assertThat(number("SELECT count(*) FROM page_views WHERE session_id NOT IN (SELECT id FROM sessions)"))
                .isZero();
    }

    @Test
    void aPruneStepThatFailedDoesNotHideThatRowsAreMissing() throws SQLException {
        long old = history.clock().millis() - Duration.ofDays(2).toMillis();
        foreign("CREATE TRIGGER refuse BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'not now'); END");
        assertThatThrownBy(() -> prune(old)).hasMessageContaining("not now");
        assertThat(number("SELECT rows_from FROM pruned_sites")).isZero();
        foreign("DROP TRIGGER refuse");
        prune(old);
        assertThat(number("SELECT rows_from FROM pruned_sites"))
                .isEqualTo(history.site().startOfDay(history.site().dayOf(old)));
    }

    private void prune(long old) {
        Removal pruning = storage.pruning(old, Keep.FIGURES);
        history.engine().execute(writer -> pruning.step()).join();
    }

    @Test
    void anErasedVisitorLeavesNoTraceAndEveryStepIsExact() throws SQLException {
        int siteId = history.site().id();
        String ofV1 = "FROM sessions WHERE visitor_id = (SELECT id FROM visitors WHERE name = 'v1')";
        foreign("INSERT OR IGNORE INTO affiliate_visits SELECT id, 9, site_id, visitor_id, started_at, 1 " + ofV1);
        String conversion = "INSERT INTO conversions (site_id, external_id, status, amount, refunded, currency,"
                + " occurred_at, recorded_at, visitor_id, session_id, affiliate_id, rate, sent)";
        foreign(conversion + " SELECT site_id, id, 'completed', 1, 0, 'EUR', 1, 1, visitor_id, id, 0, 0, '{}' " + ofV1);
        foreign(conversion + " SELECT site_id, 'pruned', 'completed', 1, 0, 'EUR', 1, 1, visitor_id, 1000000, 0, 0,"
                + " '{}' " + ofV1 + " LIMIT 1");
        Removal erasing = storage.erasing(siteId, "v1");
        RowCount expected = erasing.count();
        assertThat(expected.visitors()).isEqualTo(1);
        RowCount erased = RowCount.NONE;
        int steps = 0;
        for (boolean over = false; !over; steps++) {
            Removal.Step step = history.engine()
                    .removeVisitor(siteId, "v1", writer -> erasing.step())
                    .join();
            over = step.over();
            erased = erased.plus(step.removed());
            assertThat(storage.verify().differences()).isEmpty();
        }
        assertThat(erased).isEqualTo(expected);
        assertThat(steps).as("a day each").isGreaterThan(1);
        assertThat(number("SELECT count(*) FROM v_sessions WHERE visitor_id = 'v1'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM visitors WHERE name = 'v1'")).isZero();
        assertThat(number("SELECT count(*) FROM affiliate_visits WHERE affiliate_id = 9"))
                .isZero();
        assertThat(number("SELECT count(*) FROM conversions WHERE visitor_id = 0 AND session_id = 0 AND sent IS NULL"))
                .isGreaterThan(2);
        assertThat(number("SELECT count(*) FROM conversions WHERE session_id = 1000000"))
                .isZero();
        assertThat(erasing.count().isEmpty()).isTrue();
    }

    @Test
    void theNumberOfAPrunedVisitThatSomethingStillNamesIsNotGivenAgain() throws SQLException {
        foreign("INSERT INTO affiliate_visits VALUES (1000000, 9, 1, 1, 1, 1)");
        assertThat(history.engine().execute(StorageWriter::lastVisitId).join()).isEqualTo(1_000_000);
    }

    @Test
    void anotherTimeZoneMakesOtherDays() {
        Report before = totals();
        history.engine()
                .updateSite(history.site().withZone(ZoneId.of("Asia/Kolkata")))
                .join();
        assertThat(storage.verify().differences()).isEmpty();
        assertThat(totals()).isEqualTo(before);
        assertThatThrownBy(() -> storage.writer().saveSite(history.site().withZone(ZoneId.of("+05:17"))))
                .hasMessageContaining("timezone");
    }

    @Test
    void housekeepingStoresDaysThatAreOverAndEmptiesTheLog() throws Exception {
        assertThat(number("SELECT count(*) FROM open_days")).isPositive();
        long later = history.clock().millis() + Duration.ofDays(1).toMillis();
        Path log = file.resolveSibling("millrace.db-wal");
        for (int i = 0; i < 40 || i < 1_000 && Files.size(log) > 0; i++) { // what is packed meanwhile is logged, too
            long at = later + i * 20_000L;
            history.engine()
                    .execute(writer -> {
                        writer.housekeeping(at, true);
                        return null;
                    })
                    .join();
        }
        assertThat(number("SELECT count(*) FROM open_days")).isZero();
        assertThat(storage.verify().differences()).isEmpty();
        assertThat(Files.size(log)).isZero();
        assertThat(metrics.scrape().stream().map(family -> family.getMetadata().getName()))
                .contains("millrace_sqlite_commit_seconds", "millrace_sqlite_wal_bytes");
    }
}
