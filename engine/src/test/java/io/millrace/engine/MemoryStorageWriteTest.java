package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriteContract;

/** The in-memory storage keeps the write contract. */
class MemoryStorageWriteTest extends StorageWriteContract {
    @Override
    protected Storage open() {
        return new MemoryStorage();
    }
}
