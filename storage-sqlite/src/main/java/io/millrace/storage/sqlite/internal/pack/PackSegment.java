package io.millrace.storage.sqlite.internal.pack;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** A pack in the file. For one question; thread-safe, where the statements of all of them are used by them alone. */
public final class PackSegment implements Segment {
    private static final int COLUMNS = PackColumn.values().length;

    private final StatementCache sql;
    private final Pack pack;
    private final ColumnCache cache;
    private final AtomicLong room;
    private final LongPredicate changed;
    private final Packed[] held = new Packed[COLUMNS];
    private List<String> props;

    /**
     * @param room bytes of columns that the segments of a question may hold, together, until it is answered; beyond them, it is for
     *     the cache to have a column the next time
     * @param changed visits whose rows are newer; null: none
     */
    public PackSegment(StatementCache sql, Pack pack, ColumnCache cache, AtomicLong room, LongPredicate changed) {
        this.sql = sql;
        this.pack = pack;
        this.cache = cache;
        this.room = room;
        this.changed = changed;
    }

    /** A pack read whole, which needs no snapshot any more. */
    public static PackSegment loaded(StatementCache sql, Pack pack) throws SQLException {
        PackSegment segment = new PackSegment(sql, pack, new ColumnCache(0), new AtomicLong(Long.MAX_VALUE), null);
        for (PackColumn column : PackColumn.values()) {
            segment.column(column);
        }
        segment.props = segment.props();
        return segment;
    }

    @Override
    public long dayStart() {
        return pack.day() * VisitBlock.DAY_MILLIS;
    }

    @Override
    public int visits() {
        return pack.visits();
    }

    @Override
    public int hits() {
        return pack.hits();
    }

    @Override
    public long earliest() {
        return pack.earliest();
    }

    @Override
    public long latest() {
        return pack.latest();
    }

    @Override
    public boolean early() {
        return pack.early();
    }

    @Override
    public synchronized Packed column(PackColumn column) throws SQLException {
        Packed packed = held[column.ordinal()];
        if (packed == null) {
            packed = read(column);
            if (room.addAndGet(-packed.bytes()) >= 0) {
                held[column.ordinal()] = packed;
            } else {
                room.addAndGet(packed.bytes());
                cache.put(PackTable.columnId(pack, column), packed); // or each range of visitors would read it again
            }
        }
        return packed;
    }

    private Packed read(PackColumn column) throws SQLException {
        long id = PackTable.columnId(pack, column);
        Packed packed = cache.get(id);
        if (packed == null) {
            packed = stored(column, id);
            cache.offer(id, packed);
        }
        return packed;
    }

    private Packed stored(PackColumn column, long id) throws SQLException {
        byte[] data;
        synchronized (sql) {
            data = PackTable.column(sql, id);
            if (data == null && !PackTable.exists(sql, pack)) {
                throw new Gone();
            }
        }
        if (data == null && column == PackColumn.IDENTIFIED) {
            Packed visitors = column(PackColumn.VISITOR);
            synchronized (sql) {
                return PackTable.identified(sql, visitors, visits());
            }
        }
        return Packed.read(data, column.ofHits() ? hits() : visits());
    }

    /** A pack has been replaced or removed since it was listed, which happens to who has left the snapshot. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Gone() {
            super("a pack is gone");
        }
    }

    /** Whether something failed because a pack is gone. */
    public static boolean gone(Throwable failure) {
        return failure instanceof Gone || failure.getCause() != null && gone(failure.getCause());
    }

    @Override
    public BitSet gone() throws SQLException {
        if (pack.superseded() == null && changed == null) {
            return null;
        }
        BitSet gone = new BitSet();
        Packed ids = column(PackColumn.ID);
        for (int v = 0; v < visits(); v++) {
            long id = ids.get(v);
            boolean superseded = pack.superseded() != null && pack.superseded().contains((int) (id - pack.firstId()));
            if (superseded || changed != null && changed.test(id)) {
                gone.set(v);
            }
        }
        return gone;
    }

    @Override
    public List<String> props() throws SQLException {
        if (props != null) {
            return props;
        }
        synchronized (sql) {
            List<String> read = PackTable.props(sql, pack);
            if (read.isEmpty() && !PackTable.exists(sql, pack)) {
                throw new Gone();
            }
            return read;
        }
    }
}
