package io.millrace.dashboard;

import io.millrace.engine.Counter;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.StorageUse;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage that holds keys and nothing else. */
final class StubStorage implements Storage, AccountStore, StorageReader {
    final AtomicInteger looks = new AtomicInteger();
    private final List<Key> keys = new ArrayList<>();

    StubStorage key(String key, Scope scope, int siteId) {
        keys.add(new Key(keys.size() + 1, Secrets.hash(key), scope, siteId, key, 0, 0));
        return this;
    }

    @Override
    public StorageWriter writer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StorageReader reader() {
        return this;
    }

    @Override
    public AccountStore accounts() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public List<Key> keys() {
        return keys;
    }

    @Override
    public Key saveKey(Key key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeKey(int id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Report query(Query query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long generation(int siteId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StorageUse use() {
        looks.incrementAndGet();
        return new StorageUse(12_288, 4_096, List.of(new StorageUse.Table("page_views", 8_192)));
    }

    @Override
    public Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay) {
        return Map.of();
    }
}
