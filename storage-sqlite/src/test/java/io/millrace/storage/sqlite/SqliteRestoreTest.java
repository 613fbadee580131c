package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.spi.RestoreContract;
import io.millrace.engine.spi.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What was left out comes back in rows, roll-ups and packs. */
class SqliteRestoreTest extends RestoreContract {
    @TempDir
    Path directory;

    private int places;
    private SqliteStorage opened;

    @Override
    protected Storage storage() {
        opened = SqliteStorage.open(directory.resolve(places++ + ".db"));
        return opened;
    }

    @Override
    protected void check() {
        assertThat(opened.verify().differences()).isEmpty();
    }
}
