package io.millrace.storage.sqlite.internal.pack;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of packs that were asked for last, as they are in the file. Bounded in bytes. Thread-safe. */
public final class ColumnCache {
    /** Keeps nothing: for who reads each column once. */
    public static final ColumnCache NONE = new ColumnCache(0);

    private static final int BYTES_BESIDE = 150;

    private final long most;

    @Bounded("storage_columns")
    private final Map<Long, Packed> columns = new LinkedHashMap<>(16, 0.75f, true);

    private long held;

    /** @param bytes what it may hold */
    public ColumnCache(long bytes) {
        most = bytes;
    }

    /** What it may hold, bytes. */
    public long most() {
        return most;
    }

    public void register(Bounds bounds) {
        bounds.add("storage_columns", most, this::held);
    }

    private synchronized long held() {
        return held;
    }

    /** A column of a pack, which never changes, or null. */
    synchronized Packed get(long id) {
        return columns.get(id);
    }

    synchronized void put(long id, Packed column) {
        if (bytes(column) > most / 2 || columns.putIfAbsent(id, column) != null) {
            return;
        }
        held += bytes(column);
        Iterator<Packed> oldest = columns.values().iterator();
        while (held > most) {
            held -= bytes(oldest.next());
            oldest.remove();
        }
    }

    private static long bytes(Packed column) {
        return column.bytes() + BYTES_BESIDE;
    }
}
