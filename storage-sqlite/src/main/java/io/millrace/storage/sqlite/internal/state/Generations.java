package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The number of each site that every commit that touches it raises. The store thread raises, anyone reads. */
public final class Generations {
    private static final String RAISE = """
            INSERT INTO generations (site_id, generation) VALUES (?, 1)
            ON CONFLICT (site_id) DO UPDATE SET generation = generation + 1 RETURNING generation""";

    @Fixed("one for each site")
    private final Map<Integer, Long> committed = new ConcurrentHashMap<>();

    @Fixed("one for each site")
    private final Map<Integer, Long> pending = new HashMap<>();

    public long get(int siteId) {
        return committed.getOrDefault(siteId, 0L);
    }

    void load(StatementCache sql) throws SQLException {
        sql.each("SELECT site_id, generation FROM generations", row -> committed.put(row.getInt(1), row.getLong(2)));
    }

    /** Raises it within the running transaction, once. */
    public void raise(StatementCache sql, int siteId) throws SQLException {
        if (pending.containsKey(siteId)) {
            return;
        }
        pending.put(siteId, sql.number(0, RAISE, siteId));
    }

    void commit() {
        committed.putAll(pending);
        pending.clear();
    }

    void rollback() {
        pending.clear();
    }
}
