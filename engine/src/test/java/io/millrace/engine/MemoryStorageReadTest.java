package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReadContract;
import java.util.function.Supplier;

/**
 * The engine over the in-memory storage gives the same figures whatever the batches, the failures and the visits that
 * left memory were.
 */
class MemoryStorageReadTest extends StorageReadContract {
    @Override
    protected Supplier<Storage> place() {
        MemoryStorage storage = new MemoryStorage();
        return () -> storage;
    }
}
