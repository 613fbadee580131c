package io.millrace.storage.sqlite;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriteContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the write contract. */
class SqliteWriteTest extends StorageWriteContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open() {
        return SqliteStorage.open(directory.resolve("millrace.db"));
    }
}
