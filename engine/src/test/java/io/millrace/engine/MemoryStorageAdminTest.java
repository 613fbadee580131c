package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageAdminContract;

/** The in-memory storage keeps the administration contract. */
class MemoryStorageAdminTest extends StorageAdminContract {
    @Override
    protected Storage open() {
        return new MemoryStorage();
    }
}
