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
import io.millrace.engine.spi.Samples;
import java.nio.file.Path;
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
            assertThat(storage.writer().ledger(site.id()).get(Counter.CAPPED_VALUE))
                    .isPositive();
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
            assertThat(storage.writer().ledger(site.id()).get(Counter.CAPPED_TEXT))
                    .isPositive();
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
