package io.millrace.storage.sqlite.internal.pack;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Columns of packs, as they are in the file. What questions use again and again stays; where they use more than fits, a new column
 * does not drive out what the next one needs, as it would if the least used had to go whatever its age. Bounded in bytes.
 * Thread-safe.
 */
public final class ColumnCache {
    /** Keeps nothing: for who reads each column once. */
    public static final ColumnCache NONE = new ColumnCache(0);

    private static final int BYTES_BESIDE = 180;

    /** A column that none of so many questions has used makes room. */
    private static final int LATEST = 8;

    private static final class Kept {
        final Packed column;
        long usedBy;

        Kept(Packed column, long usedBy) {
            this.column = column;
            this.usedBy = usedBy;
        }
    }

    private final long most;

    @Bounded("storage_columns")
    private final Map<Long, Kept> columns = new LinkedHashMap<>(16, 0.75f, true);

    private long held;
    private long questions;

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

    /** Another question begins. */
    public synchronized void asked() {
        questions++;
    }

    /** A column of a pack, which never changes, or null. */
    synchronized Packed get(long id) {
        Kept kept = columns.get(id);
        if (kept == null) {
            return null;
        }
        kept.usedBy = questions;
        return kept.column;
    }

    /** Takes a column where none that the latest questions have used has to go for it. */
    synchronized void offer(long id, Packed column) {
        add(id, column, questions - LATEST);
    }

    /** Takes a column, whatever has to go. */
    synchronized void put(long id, Packed column) {
        add(id, column, questions);
    }

    private void add(long id, Packed column, long unusedSince) {
        if (!columns.containsKey(id) && makeRoom(bytes(column), unusedSince)) {
            columns.put(id, new Kept(column, questions));
            held += bytes(column);
        }
    }

    private boolean makeRoom(long bytes, long unusedSince) {
        Iterator<Kept> oldest = columns.values().iterator();
        while (bytes <= most && held + bytes > most && oldest.hasNext()) {
            Kept kept = oldest.next();
            if (kept.usedBy > unusedSince) {
                return false;
            }
            held -= bytes(kept.column);
            oldest.remove();
        }
        return held + bytes <= most;
    }

    private static long bytes(Packed column) {
        return column.bytes() + BYTES_BESIDE;
    }
}
