package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be used are refused with one line that says why. */
@Timeout(60)
class RefusalTest {
    @TempDir
    Path directory;

    private void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> SqliteStorage.open(file)).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.getMessage()).contains(why).doesNotContain("\n");
            assertThat(e.kind()).isEqualTo(StorageException.Kind.FATAL);
        });
    }

    private Path made() {
        Path file = directory.resolve("millrace.db");
        SqliteStorage.open(file).close();
        return file;
    }

    private static void sql(Path file, String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    @Test
    void notASiteWhoseZoneThisJavaDoesNotKnow() throws SQLException {
        Path file = directory.resolve("millrace.db");
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            storage.writer().saveSite(Site.of("example.com"));
        }
        sql(file, "UPDATE sites SET timezone = 'Mars/Olympus'");

        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.writer().catalog().sites().get(0).zone()).isEqualTo(ZoneOffset.UTC);
        }
    }

    @Test
    void aMissingDirectory() {
        assertRefused(directory.resolve("nowhere/millrace.db"), "no such directory");
    }

    @Test
    void aDirectory() {
        assertRefused(directory, "a directory");
    }

    @Test
    void aReadOnlyFile() {
        Path file = made();
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everything");
        assertThat(file.toFile().setWritable(false)).isTrue();
        assertRefused(file, "read-only");
    }

    @Test
    void aDatabaseOfAnotherProgram() throws SQLException {
        Path file = directory.resolve("other.db");
        sql(file, "CREATE TABLE notes (text)");
        assertRefused(file, "not a Millrace database");
    }

    @Test
    void aFileThatIsNoDatabase() throws IOException {
        Path file = directory.resolve("notes.txt");
        Files.writeString(file, "not a database, but long enough to be read as one".repeat(100));
        assertRefused(file, "not a SQLite database");
    }

    @Test
    void aDatabaseOfANewerVersion() throws SQLException {
        Path file = made();
        sql(file, "PRAGMA user_version = 99");
        assertRefused(file, "made by a newer version of Millrace (schema 99");
        assertThatThrownBy(() -> SqliteStorage.check(file)).hasMessageContaining("newer version");
    }

    @Test
    void aDamagedDatabase() throws IOException {
        Path file = made();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(100);
            bytes.write(new byte[4_000]);
        }
        assertRefused(file, "damaged");
        assertThatThrownBy(() -> SqliteStorage.check(file)).hasMessageContaining("damaged");
    }

    @Test
    void aBackupThatIsNotThere() {
        assertThatThrownBy(() -> SqliteStorage.check(directory.resolve("none.db")))
                .hasMessageContaining("no such file");
    }
}
