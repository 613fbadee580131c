package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.WithdrawalContract;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** What is withdrawn leaves rows and roll-ups, and comes back. */
class SqliteWithdrawalTest extends WithdrawalContract {
    @TempDir
    Path directory;

    private int places;
    private SqliteStorage opened;

    SqliteSettings settings() {
        return SqliteSettings.DEFAULT;
    }

    @Override
    protected Supplier<Storage> place() {
        Path file = directory.resolve(places++ + ".db");
        return () -> {
            opened = SqliteStorage.open(file, settings());
            return opened;
        };
    }

    @Override
    protected void check(Engine engine) {
        assertThat(opened.verify().differences()).isEmpty();
    }
}
