package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change of time zone goes in steps, and every figure is right meanwhile. */
@Timeout(60)
class ZoneChangeTest {
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @TempDir
    Path directory;

    private final List<Dimension> dimensions = List.of(
            Dimension.DAY, Dimension.HOUR, Dimension.PAGE, Dimension.ENTRY_PAGE, Dimension.SOURCE, Dimension.BROWSER);

    private static Query totals(Site site, long from, long to) {
        return Query.totals(
                site.id(), new Period(from, to), site.zone(), Metric.PAGE_VIEWS, Metric.VISITORS, Metric.EVENTS);
    }

    /** Totals and each table, of the first days one by one and of all time. */
    private List<Report> figures(SqliteStorage storage, Site site, long start) {
        List<Report> reports = new ArrayList<>();
        int first = site.dayOf(start);
        for (int day = first; day < first + 4; day++) {
            Query one = totals(site, site.startOfDay(day), site.startOfDay(day + 1));
            reports.add(storage.reader().query(one));
            dimensions.forEach(d -> reports.add(storage.reader().query(one.by(d, 0))));
        }
        Query all = totals(site, 0, Long.MAX_VALUE);
        reports.add(storage.reader().query(all));
        dimensions.forEach(d -> reports.add(storage.reader().query(all.by(d, 0))));
        return reports;
    }

    private long uncounted() throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("millrace.db"));
                Statement s = c.createStatement()) {
            return s.executeQuery("SELECT count(*) FROM uncounted_days").getLong(1);
        }
    }

    @Test
    void figuresAreThoseOfTheNewZoneBeforeAndAfterItsDaysAreCounted() throws SQLException {
        SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"));
        Histories history = new Histories(storage, 21);
        long start = history.clock().millis();
        history.run(300);
        Site site =
                history.engine().updateSite(history.site().withZone(KOLKATA)).join();
        List<Report> before = figures(storage, site, start);
        assertThat(storage.verify().differences()).isEmpty();
        history.engine().close();

        try (SqliteStorage reopened = SqliteStorage.open(directory.resolve("millrace.db"))) {
            assertThat(uncounted()).isPositive();
            assertThat(figures(reopened, site, start)).isEqualTo(before);
            for (long now = start; uncounted() > 0; now += 1_000) {
                reopened.writer().housekeeping(now, true);
            }
            assertThat(figures(reopened, site, start)).isEqualTo(before);
            assertThat(reopened.verify().differences()).isEmpty();
        }
    }

    @Test
    void beaconsThatComeMeanwhileCountToo() throws SQLException {
        SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"));
        Histories history = new Histories(storage, 22);
        long start = history.clock().millis();
        history.run(150);
        Site site =
                history.engine().updateSite(history.site().withZone(KOLKATA)).join();
        history.run(150);
        assertThat(storage.verify().differences()).isEmpty();
        List<Report> before = figures(storage, site, start);
        history.engine().close();
        try (SqliteStorage reopened = SqliteStorage.open(directory.resolve("millrace.db"))) {
            assertThat(figures(reopened, site, start)).isEqualTo(before);
            for (long now = start; uncounted() > 0; now += 1_000) {
                reopened.writer().housekeeping(now, true);
            }
            assertThat(figures(reopened, site, start)).isEqualTo(before);
            assertThat(reopened.verify().differences()).isEmpty();
        }
    }
}
