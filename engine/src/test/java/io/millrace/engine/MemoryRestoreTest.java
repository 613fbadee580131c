package io.millrace.engine;

import io.millrace.engine.spi.RestoreContract;
import io.millrace.engine.spi.Storage;

class MemoryRestoreTest extends RestoreContract {
    @Override
    protected Storage storage() {
        return new MemoryStorage();
    }
}
