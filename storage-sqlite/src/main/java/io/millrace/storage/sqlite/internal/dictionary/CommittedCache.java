package io.millrace.storage.sqlite.internal.dictionary;

import java.util.HashMap;
import java.util.Map;

/**
 * A bounded map that keeps what was used lately: when the young half is full it becomes the old half, and what was in
 * the old half and not asked for is forgotten. Not thread-safe.
 *
 * <p>What is put is pending until {@link #commit}; {@link #rollback} forgets it.
 */
final class CommittedCache<K, V> {
    private final int half;
    private final Map<K, V> pending = new HashMap<>();
    private Map<K, V> young = new HashMap<>();
    private Map<K, V> old = Map.of();

    CommittedCache(int capacity) {
        half = Math.max(1, capacity / 2);
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
        if (young.size() >= half) {
            old = young;
            young = new HashMap<>();
        }
        young.put(key, value);
    }

    /** Remembers what the running transaction has made. */
    void put(K key, V value) {
        pending.put(key, value);
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
    }
}
