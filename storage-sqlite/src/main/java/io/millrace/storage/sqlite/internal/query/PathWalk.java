package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Shows page views visitor by visitor, each visitor's by time. For one walk. */
final class PathWalk {
    private final StatementCache sql;

    /** Sorted are numbers, and each text is read once: there are few paths and many page views. */
    private final Map<Integer, String> texts = new HashMap<>();

    PathWalk(StatementCache sql) {
        this.sql = sql;
    }

    void run(HitSource source, StorageReader.Walk walk) throws SQLException {
        Sql select = new Sql()
                .add("SELECT s.visitor_id, h.path_id")
                .add(source.hits(true, ""))
                .add(" ORDER BY s.visitor_id, h.time, h.session_id, h.n");
        long before = 0;
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                long visitor = rows.getLong(1);
                walk.page(visitor != before, text(rows.getInt(2)));
                before = visitor;
            }
        }
    }

    private String text(int id) throws SQLException {
        String text = texts.get(id);
        if (text == null && id != 0) {
            try (ResultSet row =
                    sql.bind("SELECT text FROM texts WHERE id = ?", id).executeQuery()) {
                text = row.next() ? row.getString(1) : null;
            }
            texts.put(id, text);
        }
        return text;
    }
}
