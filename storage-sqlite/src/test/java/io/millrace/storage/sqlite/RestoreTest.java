package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Samples;
import io.millrace.engine.spi.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that anybody had is lost by a restore. */
@Timeout(60)
class RestoreTest {
    @TempDir
    Path directory;

    /** A database with so many page views. */
    private Path made(String name, int views) {
        Path file = directory.resolve(name);
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            write(storage, views);
        }
        return file;
    }

    private static void write(SqliteStorage storage, int views) {
        Site site = storage.writer().saveSite(Site.of("example.com"));
        for (int id = 1; id <= views; id++) {
            Event e = Samples.page(site, "v" + id, "e" + id, "/" + id, Samples.NOON + id);
            storage.writer().write(Samples.opening(Samples.visit(id, null, e), e));
        }
    }

    /** The files of a database as a killed process leaves them: the page views are in the log only. */
    private Path killed(String name, int views) throws IOException {
        Path file = directory.resolve("living.db");
        Path copy = directory.resolve(name);
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            write(storage, views);
            Files.copy(file, copy);
            Files.copy(directory.resolve("living.db-wal"), directory.resolve(name + "-wal"));
        }
        return copy;
    }

    private static long views(Path file) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            return s.executeQuery("SELECT count(*) FROM page_views").getLong(1);
        }
    }

    private static Optional<Path> restore(Path backup, Path place) throws IOException {
        try (DatabaseLock lock = DatabaseLock.tryTake(place)) {
            return SqliteStorage.restore(lock, backup);
        }
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    @Test
    void aBackupComesIntoThePlaceOfWhatWasThere() throws Exception {
        Path place = made("millrace.db", 5);
        assertThat(restore(made("backup.db", 3), place)).contains(directory.resolve("millrace.db.replaced"));
        assertThat(views(place)).isEqualTo(3);
    }

    @Test
    void whatOnlyTheLogOfAKilledServerHoldsIsPutAsideAndComesBack() throws Exception {
        Path place = killed("millrace.db", 500);
        Path kept = restore(made("old.db", 3), place).orElseThrow();
        assertThat(views(place)).isEqualTo(3);
        restore(kept, place);
        assertThat(views(place)).isEqualTo(500);
    }

    @Test
    void eachOfSeveralRestoresCanBeUndone() throws Exception {
        Path place = made("millrace.db", 1);
        Path first = restore(made("b2.db", 2), place).orElseThrow();
        Path second = restore(made("b3.db", 3), place).orElseThrow();
        Path third = restore(first, place).orElseThrow();
        assertThat(views(place)).isEqualTo(1);
        assertThat(List.of(views(first), views(second), views(third))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aCopiedPairOfDatabaseAndLogIsRestoredWholeAndStaysAsItIs() throws Exception {
        Path pair = killed("pair.db", 200);
        byte[] log = Files.readAllBytes(log(pair));
        Path place = directory.resolve("millrace.db");
        assertThat(restore(pair, place)).isEmpty();
        assertThat(views(place)).isEqualTo(200);
        assertThat(log(pair)).hasBinaryContent(log);
    }

    @Test
    void linksAreFollowed() throws Exception {
        Path real = made("elsewhere.db", 5);
        Path place = Files.createSymbolicLink(directory.resolve("millrace.db"), real);
        Path backup = Files.createSymbolicLink(directory.resolve("link.db"), made("backup.db", 3));
        assertThat(restore(backup, place)).contains(directory.resolve("elsewhere.db.replaced"));
        assertThat(place).isSymbolicLink();
        assertThat(views(real)).isEqualTo(3);
    }

    @Test
    void whatIsNoSoundDatabaseIsRefusedAndNothingHasChanged() throws Exception {
        Path place = made("millrace.db", 5);
        Path junk = Files.writeString(directory.resolve("junk.db"), "junk");
        Path foreign = directory.resolve("foreign.db");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t (a)");
        }
        assertRefused(junk, place, "not a SQLite database");
        assertRefused(foreign, place, "not a Millrace database");
        assertRefused(directory.resolve("nowhere.db"), place, "no such file");
        assertRefused(place, place, "is the database itself");
        assertThat(views(place)).isEqualTo(5);
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("millrace.db", "millrace.db-lock", "junk.db", "foreign.db");
        }
    }

    @Test
    void aBackupThatCannotBeRestoredIsNamedAsItWasGiven() throws Exception {
        Path place = made("millrace.db", 5);
        Path newer = made("backup-of-tuesday.db", 3);
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + newer);
                Statement s = c.createStatement()) {
            s.execute("PRAGMA user_version = 99");
        }
        assertRefused(newer, place, newer + ": made by a newer version of Millrace (schema 99)");
        Path damaged = made("backup-of-monday.db", 3);
        try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(8192), 3 * 4096);
        }
        assertRefused(damaged, place, damaged + ": ");
        assertThat(views(place)).isEqualTo(5);
    }

    private static void assertRefused(Path backup, Path place, String why) {
        assertThatThrownBy(() -> restore(backup, place))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aDatabaseHasOneOwner() throws Exception {
        Path file = directory.resolve("millrace.db");
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            write(storage, 1);
            for (Path name : List.of(file, link)) {
                assertThatThrownBy(() -> SqliteStorage.open(name))
                        .isInstanceOf(StorageException.class)
                        .hasMessage(name + ": in use by another engine of this process");
            }
            assertThat(storage.writer().catalog().sites()).hasSize(1);
        }
        SqliteStorage.open(link).close();
    }
}
