package io.millrace.engine.spi;

import java.util.List;

/**
 * Keeps who may see and change what. It holds hashes only, never a secret. Reads are thread-safe and may be slow: the
 * caller caches. Changes come from the store thread, each one a transaction.
 */
public interface AccountStore {

    /** What a key may do. */
    enum Scope {
        /** Send beacons with times, addresses and agents of its own; record conversions. */
        INGEST,
        /** Read reports. */
        READ,
        /** Everything, administration included. */
        ADMIN
    }

    /**
     * An API key.
     *
     * @param id 0 until stored
     * @param hash hexadecimal SHA-256 of the key
     * @param siteId the one site it is for, or 0: all
     * @param lastUsed UTC milliseconds, 0: never
     */
    record Key(int id, String hash, Scope scope, int siteId, String name, long createdAt, long lastUsed) {}

    /** All keys that are not revoked. */
    List<Key> keys();

    /** Stores a new key (id 0) or changes one. */
    Key saveKey(Key key);

    /** Revokes a key. */
    void removeKey(int id);
}
