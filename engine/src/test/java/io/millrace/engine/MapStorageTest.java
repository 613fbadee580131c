package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriteContract;
import java.util.Map;

/** The smallest storage keeps the write contract. */
class MapStorageTest extends StorageWriteContract {
    @Override
    protected Storage open() {
        return new MapStorage();
    }

    @Override
    protected Map<Counter, Long> ledger(Storage storage, int siteId) {
        return ((MapStorage) storage).ledger(siteId);
    }

    @Override
    protected Site site(Storage storage) {
        return MapStorage.SITE;
    }
}
