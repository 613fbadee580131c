package io.millrace.engine.internal.memory;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;

/** The roles of one in-memory storage. */
public record MemoryParts(StorageWriter writer, StorageReader reader, AccountStore accounts) {

    /** An empty storage. */
    public static MemoryParts create() {
        MemoryData data = new MemoryData();
        MemoryAccounts accounts = new MemoryAccounts();
        return new MemoryParts(new MemoryWriter(data, accounts), new MemoryReader(data), accounts);
    }
}
