package io.millrace.storage.sqlite.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Samples;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a bounce is, the engine says; the view for people says the same. */
@Timeout(60)
class BounceTest {
    @TempDir
    Path directory;

    private final Map<Long, Boolean> bounces = new TreeMap<>();

    @Test
    void theViewCallsABounceWhatTheEngineDoes() throws SQLException {
        Path file = directory.resolve("millrace.db");
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            store(storage);
        }
        assertThat(bounces).containsValues(true, false);
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThat(read(c, "SELECT id, bounce FROM v_sessions")).isEqualTo(bounces);
        }
    }

    /** Stores visits on every side of each limit. */
    private void store(SqliteStorage storage) {
        Site site = storage.writer().saveSite(Site.of("example.com"));
        List<Batch.VisitChange> opened = new ArrayList<>();
        for (int pageViews = 0; pageViews < 3; pageViews++) {
            for (int events = 0; events < 2; events++) {
                for (long engaged = Visit.ENGAGED_MILLIS - 1; engaged <= Visit.ENGAGED_MILLIS + 1; engaged++) {
                    Visit visit = visit(site, opened.size() + 1, pageViews, events, engaged);
                    bounces.put(visit.id(), visit.bounce());
                    opened.add(new Batch.VisitChange(null, visit));
                }
            }
        }
        storage.writer().write(Samples.batch(opened, List.of(), List.of()));
    }

    private static Visit visit(Site site, long id, int pageViews, int events, long engaged) {
        Event e = Samples.page(site, "v" + id, "e" + id, "/", Samples.NOON);
        Visit v = Samples.visit(id, null, e);
        return new Visit(
                id,
                v.key(),
                v.startedAt(),
                v.lastActivity(),
                pageViews,
                events,
                engaged,
                v.exitPath(),
                v.exitAt(),
                v.origin(),
                v.affiliates());
    }

    private static Map<Long, Boolean> read(Connection c, String select) throws SQLException {
        Map<Long, Boolean> found = new TreeMap<>();
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(select)) {
            while (rows.next()) {
                found.put(rows.getLong(1), rows.getBoolean(2));
            }
        }
        return found;
    }
}
