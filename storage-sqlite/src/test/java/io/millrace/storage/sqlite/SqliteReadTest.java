package io.millrace.storage.sqlite;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReadContract;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the read contract. */
class SqliteReadTest extends StorageReadContract {
    @TempDir
    Path directory;

    private int places;

    @Override
    protected int histories() {
        return 40;
    }

    @Override
    protected Supplier<Storage> place() {
        Path file = directory.resolve("millrace-" + places++ + ".db");
        return () -> SqliteStorage.open(file);
    }
}
