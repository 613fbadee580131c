package io.millrace.engine;

import io.millrace.engine.internal.memory.MemoryParts;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;

/**
 * A storage in memory, gone when the process ends: for tests, for trying the engine, and as the executable definition
 * of what every figure means. It answers queries by looking at every event, so it is for thousands, not for millions.
 * Thread-safe as {@link Storage} asks.
 */
public final class MemoryStorage implements Storage {
    private final MemoryParts parts = MemoryParts.create();

    /** An empty storage. */
    public MemoryStorage() {}

    @Override
    public StorageWriter writer() {
        return parts.writer();
    }

    @Override
    public StorageReader reader() {
        return parts.reader();
    }

    @Override
    public AccountStore accounts() {
        return parts.accounts();
    }

    @Override
    public void close() {}
}
