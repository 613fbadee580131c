package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.spi.Bounded;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A map bounded in bytes that keeps what was used lately: when the young half is full it becomes the old half, and what
 * was in the old half and not asked for is forgotten. Not thread-safe, but for {@link #held}.
 *
 * <p>What is put is pending until {@link #commit}; {@link #rollback} forgets it. What is pending is bounded by the batch.
 *
 * @param <K> comparable, so that keys which strangers choose to collide in a hash map are found in a tree
 */
final class CommittedCache<K extends Comparable<K>, V> {
    /** What an entry takes beside its key's and value's own bytes: a node, when it is one of a tree, and its place in the table. */
    private static final int ENTRY = 72;

    private final long limit;
    private final ToIntFunction<K> weight;

    @Bounded("storage_*")
    private final Map<K, V> pending = new HashMap<>();

    @Bounded("storage_*")
    private Map<K, V> young = new HashMap<>();

    @Bounded("storage_*")
    private Map<K, V> old = Map.of();

    private long youngBytes;
    private long oldBytes;
    private volatile long held;

    /**
     * @param limit bytes at most
     * @param weight bytes of a key and its value
     */
    CommittedCache(long limit, ToIntFunction<K> weight) {
        this.limit = limit;
        this.weight = weight;
    }

    /** Bytes at most. */
    long limit() {
        return limit;
    }

    /** Bytes now. Thread-safe. */
    long held() {
        return held;
    }

    V get(K key) {
        V value = young.get(key);
        if (value != null) {
            return value;
        }
        value = old.get(key);
        if (value != null) {
            keep(key, value);
            return value;
        }
        return pending.isEmpty() ? null : pending.get(key);
    }

    /** Remembers what is known to be committed. */
    void keep(K key, V value) {
        long bytes = ENTRY + weight.applyAsInt(key);
        if (bytes > limit / 2) {
            return;
        }
        if (youngBytes + bytes > limit / 2) {
            old = young;
            oldBytes = youngBytes;
            young = new HashMap<>();
            youngBytes = 0;
        }
        if (young.put(key, value) == null) {
            youngBytes += bytes;
        }
        held = youngBytes + oldBytes;
    }

    /** Remembers what the running transaction has made. */
    void put(K key, V value) {
        pending.put(key, value);
    }

    /** Forgets one. */
    void remove(K key) {
        pending.remove(key);
        if (young.remove(key) != null) {
            youngBytes -= ENTRY + weight.applyAsInt(key);
        }
        if (old.containsKey(key)) {
            old.remove(key);
            oldBytes -= ENTRY + weight.applyAsInt(key);
        }
        held = youngBytes + oldBytes;
    }

    void commit() {
        if (!pending.isEmpty()) {
            pending.forEach(this::keep);
            pending.clear();
        }
    }

    void rollback() {
        pending.clear();
    }

    void clear() {
        pending.clear();
        young = new HashMap<>();
        old = Map.of();
        youngBytes = 0;
        oldBytes = 0;
        held = 0;
    }
}
