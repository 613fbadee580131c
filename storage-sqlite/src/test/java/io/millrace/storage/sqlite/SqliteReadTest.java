package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
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
    private Path file;

    @Override
    protected int histories() {
        return 200;
    }

    @Override
    protected void check(Engine engine) {
        assertThat(opened.verify().differences()).isEmpty();
    }

    @Override
    protected Supplier<Storage> place() {
        Path place = directory.resolve("millrace-" + places++ + ".db");
        file = place;
        return () -> opened = SqliteStorage.open(place, settings());
    }

    protected SqliteSettings settings() {
        return SqliteSettings.DEFAULT;
    }

    /** The storage of the history at hand. */
    protected final SqliteStorage opened() {
        return opened;
    }

    /** Its database. */
    protected final Path file() {
        return file;
    }
}
