package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.longlong.PeekableLongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The visits with hits on more than one day: the table crossing_visits. The latest are remembered, others are looked up. The
 * store thread's, but for {@link #held}.
 */
final class CrossingVisits {
    private static final int BYTES_EACH = 64;
    private static final int LEAST = 100;

    @Bounded("storage_crossing_visits")
    private Roaring64Bitmap latest = new Roaring64Bitmap();

    @Fixed("what the running transaction changes")
    private final List<Long> pending = new ArrayList<>();

    private final int most;
    private long completeFrom = Long.MIN_VALUE;
    private volatile int count;

    /** @param bytes what it may hold */
    CrossingVisits(long bytes) {
        most = (int) Math.max(LEAST, bytes / BYTES_EACH);
    }

    long limit() {
        return (long) most * BYTES_EACH;
    }

    /** Bytes now, at most; they are fewer where visits lie together. Thread-safe. */
    long held() {
        return (long) count * BYTES_EACH;
    }

    void open(StatementCache sql) throws SQLException {
        sql.each(
                "SELECT session_id FROM crossing_visits ORDER BY session_id DESC LIMIT ?",
                row -> latest.addLong(row.getLong(1)),
                most);
        int n = latest.getIntCardinality();
        completeFrom = n < most ? Long.MIN_VALUE : latest.first();
        count = n;
    }

    boolean contains(StatementCache sql, long visitId) throws SQLException {
        return visitId >= completeFrom
                ? latest.contains(visitId)
                : sql.number(0, "SELECT 1 FROM crossing_visits WHERE session_id = ?", visitId) != 0;
    }

    /** Within a transaction. */
    void add(StatementCache sql, long visitId) throws SQLException {
        sql.run("INSERT OR IGNORE INTO crossing_visits (session_id) VALUES (?)", visitId);
        pending.add(visitId);
    }

    void commit() {
        for (long visit : pending) {
            if (visit >= completeFrom && !latest.contains(visit)) {
                latest.addLong(visit);
                count++;
            }
        }
        pending.clear();
        if (count > most) {
            forgetHalf();
        }
    }

    private void forgetHalf() {
        completeFrom = latest.select(count / 2);
        Roaring64Bitmap later = new Roaring64Bitmap();
        PeekableLongIterator visits = latest.getLongIteratorFrom(completeFrom);
        while (visits.hasNext()) {
            later.addLong(visits.next());
        }
        latest = later;
        count = later.getIntCardinality();
    }

    void rollback() {
        pending.clear();
    }
}
