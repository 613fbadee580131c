package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;

/** The table reach as committed. The store thread widens it, anyone reads. */
public final class HitOffsetsTable {
    private volatile HitOffsets committed = new HitOffsets(0, 0);
    private HitOffsets pending;

    public HitOffsets get() {
        return committed;
    }

    void load(StatementCache sql) throws SQLException {
        sql.each(
                "SELECT before_ms, after_ms FROM reach",
                row -> committed = new HitOffsets(row.getLong(1), row.getLong(2)));
    }

    public void write(StatementCache sql, Batch batch) throws SQLException {
        HitOffsets offsets = committed;
        for (Batch.VisitChange change : batch.visits()) {
            offsets = offsets.covering(
                    change.after().lastActivity() - change.after().startedAt());
        }
        for (Batch.Hit hit : batch.hits()) {
            offsets = offsets.covering(hit.event().time() - hit.visit().startedAt());
        }
        if (offsets != committed) {
            sql.run("UPDATE reach SET before_ms = ?, after_ms = ?", offsets.before(), offsets.after());
            pending = offsets;
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
