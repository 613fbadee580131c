package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

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
    private SqliteStorage opened;

    @Override
    protected int histories() {
        return 200;
    }

    @Override
    protected void check(Storage storage) {
        assertThat(opened.verify().differences()).isEmpty();
    }

    @Override
    protected Supplier<Storage> place() {
        Path file = directory.resolve("millrace-" + places++ + ".db");
        return () -> opened = SqliteStorage.open(file);
    }
}
