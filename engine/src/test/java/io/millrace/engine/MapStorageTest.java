package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriteContract;

/** The smallest storage keeps the write contract. */
class MapStorageTest extends StorageWriteContract {
    @Override
    protected Storage open() {
        return new MapStorage();
    }

    @Override
    protected Site site(Storage storage) {
        return MapStorage.SITE;
    }
}
