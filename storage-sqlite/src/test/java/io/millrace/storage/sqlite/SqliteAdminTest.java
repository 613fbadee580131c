package io.millrace.storage.sqlite;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageAdminContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the administration contract. */
class SqliteAdminTest extends StorageAdminContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open() {
        return SqliteStorage.open(directory.resolve("millrace.db"));
    }
}
