package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Import;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;

/** Writes what is known of imports. The store thread's; stateless. */
final class ImportRows {
    private static final String SAVE = """
            INSERT INTO imports (id, site_id, kind, name, hash, started_at, finished_at, page_views, events)
            VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at
            RETURNING id""";

    private ImportRows() {}

    static Import save(StatementCache sql, Import brought) throws SQLException {
        return brought.withId((int) sql.number(
                0,
                SAVE,
                brought.id(),
                brought.siteId(),
                brought.kind(),
                brought.name(),
                brought.hash(),
                brought.startedAt(),
                brought.finishedAt(),
                brought.pageViews(),
                brought.events()));
    }
}
