package io.millrace.engine;

import io.millrace.engine.spi.Fixed;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * What strangers can make grow in memory, and how many bytes each of it may hold. Whatever outlives a request and is
 * filled by what clients send stands here; the sum is the server's worst case. Thread-safe.
 *
 * <p>Bytes are those of the heap, or of direct memory, that a structure holds; each is an estimate that its owner makes
 * and its test compares with the memory that is really held.
 */
public final class Bounds {

    /**
     * A structure and its bound.
     *
     * @param name the stable name, also of the metric: {@code visits}
     * @param limit bytes at most
     * @param used bytes now; cheap to ask, by any thread
     */
    public record Bound(String name, long limit, LongSupplier used) {}

    @Fixed("one for each field that has a bound")
    private final SortedMap<String, Bound> all = new ConcurrentSkipListMap<>();

    /** Nothing registered yet. */
    public Bounds() {}

    /**
     * Registers a structure.
     *
     * @throws IllegalArgumentException when there is one of this name
     */
    public void add(String name, long limit, LongSupplier used) {
        if (all.putIfAbsent(name, new Bound(name, limit, used)) != null) {
            throw new IllegalArgumentException("two structures are called " + name);
        }
    }

    /** All of them, by name. */
    public Collection<Bound> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    /** Bytes that all of them may hold together. */
    public long limit() {
        return all.values().stream().mapToLong(Bound::limit).sum();
    }
}
