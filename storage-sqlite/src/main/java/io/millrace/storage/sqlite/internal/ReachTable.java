package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.Batch;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The reach as committed. The store thread widens it, anyone reads. */
final class ReachTable {
    private volatile Reach committed = new Reach(0, 0);
    private Reach pending;

    Reach get() {
        return committed;
    }

    void load(Statements sql) throws SQLException {
        try (ResultSet rows = sql.bind("SELECT before_ms, after_ms FROM reach").executeQuery()) {
            rows.next();
            committed = new Reach(rows.getLong(1), rows.getLong(2));
        }
    }

    void write(Statements sql, Batch batch) throws SQLException {
        Reach reach = committed;
        for (Batch.VisitChange change : batch.visits()) {
            reach = reach.covering(
                    change.after().lastActivity() - change.after().startedAt());
        }
        for (Batch.Hit hit : batch.hits()) {
            reach = reach.covering(hit.event().time() - hit.visit().startedAt());
        }
        if (reach != committed) {
            sql.run("UPDATE reach SET before_ms = ?, after_ms = ?", reach.before(), reach.after());
            pending = reach;
        }
    }

    void commit() {
        committed = pending == null ? committed : pending;
        pending = null;
    }

    void rollback() {
        pending = null;
    }
}
