package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Floods of texts are bounded, and what the bounds did is counted. */
@Timeout(60)
class CapsTest {
    private static final int VISITS = 60;

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

    @Test
    void valuesBeyondTheCapOfADayAreOthersInRollUpsOnly() {
        Path file = directory.resolve("millrace.db");
        SqliteSettings few = SqliteSettings.DEFAULT
                .with()
                .openDays(64)
                .valuesPerDay(20)
                .textsPerDay(100_000)
                .build();
        try (SqliteStorage storage = SqliteStorage.open(file, few)) {
            Site site = fill(storage);
            Report pages = pages(storage, site);
            assertThat(pages.totalRows()).isEqualTo(21);
            assertThat(pages.rows().get(0)).isEqualTo(new Report.Row(List.of("(other)"), List.of(40L, 40L)));
            assertThat(storage.verify().differences()).isEmpty();
            assertThat(noted(storage, Counter.CAPPED_VALUE)).isPositive();
        }
        try (SqliteStorage storage = SqliteStorage.open(file, few)) {
            assertThat(storage.verify().differences()).isEmpty();
        }
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
