package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Event;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Samples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site goes in steps, so that beacons of other sites do not wait for it. */
@Timeout(60)
class SiteRemovalTest {
    private static final int VISITS = 1_500;

    @TempDir
    Path directory;

    private static Site filled(SqliteStorage storage, String domain, int firstVisit) {
        Site site = storage.writer().saveSite(Site.of(domain));
        List<Batch.VisitChange> visits = new ArrayList<>();
        List<Batch.Hit> hits = new ArrayList<>();
        for (int i = 0; i < VISITS; i++) {
            Event e = Samples.page(site, "v" + i, "e" + i, "/" + i % 100, Samples.NOON + i * 60_000L);
            var visit = Samples.visit(firstVisit + i, null, e);
            visits.add(new Batch.VisitChange(null, visit));
            hits.add(new Batch.Hit(visit, e));
        }
        storage.writer().write(Samples.batch(visits, hits, List.of()));
        return site;
    }

    private static long views(SqliteStorage storage, Site site) {
        Query query =
                Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), Metric.PAGE_VIEWS, Metric.VISITORS);
        return storage.reader().query(query).rows().get(0).metrics().get(0);
    }

    private List<String> tablesWith(int siteId) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("millrace.db"));
                Statement s = c.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = s.executeQuery("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
                    + " WHERE m.type = 'table' AND p.name = 'site_id'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                if (s.executeQuery("SELECT count(*) FROM " + table + " WHERE site_id = " + siteId)
                                .getInt(1)
                        > 0) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    @Test
    void allOfItGoesStepByStepAndNothingOfOthers() throws SQLException {
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("millrace.db"))) {
            Site gone = filled(storage, "gone.example", 1);
            Site stays = filled(storage, "stays.example", 10_001);
            storage.writer().removeSite(gone.id());
            assertThat(views(storage, gone)).isZero();
            assertThat(tablesWith(gone.id())).contains("page_views", "sessions", "visitors");
            int steps = 0;
            while (storage.writer().removeRest(gone.id())) {
                steps++;
                assertThat(views(storage, stays)).isEqualTo(VISITS);
            }
            assertThat(steps).isGreaterThan(4);
            assertThat(tablesWith(gone.id())).isEmpty();
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void whatAKilledServerLeftIsRemovedByTheNext() throws SQLException {
        Path file = directory.resolve("millrace.db");
        Site gone;
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            gone = filled(storage, "gone.example", 1);
            storage.writer().removeSite(gone.id());
            storage.writer().removeRest(gone.id());
        }
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.writer().catalog().sites()).isEmpty();
            for (long now = Samples.NOON; !tablesWith(gone.id()).isEmpty(); now += 1_000) {
                storage.writer().housekeeping(now, true);
            }
        }
    }
}
