package io.millrace.engine.spi;

import io.millrace.engine.Bounds;

/**
 * Where batches go and reports come from: one write role and one read role.
 *
 * <p>{@link #writer()} is used by one thread at a time, the engine's store thread; {@link #reader()} by any number of
 * threads at any time. A storage is handed to one engine, which closes it.
 */
public interface Storage extends AutoCloseable {

    /** The write role. Always the same object. */
    StorageWriter writer();

    /** The read role: sees every committed batch whole and nothing of an uncommitted one. Thread-safe. */
    StorageReader reader();

    /** Who may see and change what: users, keys, links. Thread-safe to read; changed on the store thread only. */
    default AccountStore accounts() {
        throw new StorageException(StorageException.Kind.FATAL, "accounts: not supported");
    }

    /** Registers what this storage keeps in memory of what strangers send. Called once, before the first write. */
    default void register(Bounds bounds) {}

    /** Releases everything; what was committed stays. Called once, after the last write. */
    @Override
    void close();
}
