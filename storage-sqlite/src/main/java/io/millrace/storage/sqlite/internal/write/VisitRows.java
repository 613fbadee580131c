package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import io.millrace.storage.sqlite.internal.dictionary.Screens;
import io.millrace.storage.sqlite.internal.rollup.VisitFact;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Writes visits: opened ones as new rows, changed ones once a batch. The store thread's. */
record VisitRows(Dictionary dictionary) {
    private static final String INSERT = """
            INSERT INTO sessions (id, site_id, visitor_id, started_at, length_ms, page_count, event_count, engaged_ms,
                entry_path_id, exit_path_id, exit_ms, origin_id, place_id, agent_id, host_id, language_id, screen_id,
                client_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            UPDATE sessions SET length_ms = ?, page_count = ?, event_count = ?, engaged_ms = ?, entry_path_id = ?,
                exit_path_id = ?, exit_ms = ?
            WHERE id = ?""";

    void write(StatementCache sql, List<VisitFact> visits) throws SQLException {
        PreparedStatement insert = sql.get(INSERT);
        PreparedStatement update = sql.get(UPDATE);
        int inserts = 0;
        int updates = 0;
        for (VisitFact visit : visits) {
            if (visit.opened()) {
                insert(sql, insert, visit);
                inserts++;
            } else {
                update(update, visit);
                updates++;
            }
        }
        if (inserts > 0) {
            insert.executeBatch();
        }
        if (updates > 0) {
            update.executeBatch();
        }
    }

    private void insert(StatementCache sql, PreparedStatement s, VisitFact fact) throws SQLException {
        Visit v = fact.after;
        Visit.Origin o = v.origin();
        s.setLong(1, v.id());
        s.setInt(2, fact.siteId);
        s.setInt(3, fact.visitorId);
        s.setLong(4, v.startedAt());
        s.setLong(5, v.lastActivity() - v.startedAt());
        s.setInt(6, v.pageViews());
        s.setInt(7, v.events());
        s.setLong(8, v.engagedMillis());
        s.setInt(9, fact.entryId);
        s.setInt(10, fact.exitId);
        s.setLong(11, exit(v));
        s.setInt(12, fact.origin.id());
        s.setInt(13, fact.place.id());
        s.setInt(14, fact.agent.id());
        s.setInt(15, dictionary.text(sql, o.hostname()));
        s.setInt(16, dictionary.text(sql, o.language()));
        s.setInt(17, dictionary.text(sql, Screens.text(o.screenWidth(), o.screenHeight())));
        if (v.key().sessionId() == null) {
            s.setNull(18, Types.VARCHAR);
        } else {
            s.setString(18, v.key().sessionId());
        }
        s.addBatch();
    }

    private static void update(PreparedStatement s, VisitFact fact) throws SQLException {
        Visit v = fact.after;
        s.setLong(1, v.lastActivity() - v.startedAt());
        s.setInt(2, v.pageViews());
        s.setInt(3, v.events());
        s.setLong(4, v.engagedMillis());
        s.setInt(5, fact.entryId);
        s.setInt(6, fact.exitId);
        s.setLong(7, exit(v));
        s.setLong(8, v.id());
        s.addBatch();
    }

    private static long exit(Visit v) {
        return v.exitPath() == null ? 0 : v.exitAt() - v.startedAt();
    }
}
