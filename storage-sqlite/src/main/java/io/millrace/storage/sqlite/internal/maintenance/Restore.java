package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.Errors;
import io.millrace.storage.sqlite.internal.connection.NativeLibrary;
import io.millrace.storage.sqlite.internal.connection.OwnerOnly;
import io.millrace.storage.sqlite.internal.schema.IntegrityCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Puts a copy of a database in the place of another. The copy is made by SQLite, so what is only in the source's log is in
 * it, and the source stays as it is. What was in the place stays beside it, with its log, and is never overwritten: so each
 * restore can be undone by another. For the owner of the place, while nothing is open.
 */
public final class Restore {
    private static final String LOG = "-wal";
    private static final String INDEX = "-shm";

    private final Path source;
    private final Path place;
    private final Path copy;

    private Restore(Path source, Path place) {
        this.source = source;
        this.place = place;
        this.copy = beside(".new");
    }

    /**
     * @param place where the database is, links followed; there may be none yet
     * @return where that database is now
     */
    public static Optional<Path> run(Path source, Path place) {
        Restore restore = new Restore(source, place);
        try {
            restore.checkSource();
            NativeLibrary.load();
            restore.copy();
            IntegrityCheck.check(restore.copy, source);
            return restore.swap();
        } catch (SQLException | RuntimeException e) {
            throw Errors.of(source.toString(), e);
        } catch (IOException e) {
            throw new StorageException(Kind.FATAL, "restore of " + place + ": " + e, e);
        } finally {
            restore.forgetCopy();
        }
    }

    private void checkSource() throws IOException {
        if (!Files.isRegularFile(source)) {
            throw new StorageException(Kind.FATAL, source + ": no such file");
        }
        if (Files.exists(place) && Files.isSameFile(source, place)) {
            throw new StorageException(Kind.FATAL, source + ": is the database itself");
        }
    }

    private void copy() throws IOException, SQLException {
        forgetCopy();
        try {
            copyBySqlite(source);
        } catch (SQLException e) {
            if (Files.isWritable(source.toAbsolutePath().getParent())) {
                throw e;
            }
            copyBySqlite(movable()); // to read a log, SQLite writes an index of it beside it
        }
        try (Connection c = new SQLiteConfig().createConnection(url(copy));
                Statement s = c.createStatement()) {
            s.execute("PRAGMA journal_mode = DELETE"); // one file, so that it can be moved
        }
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /** A copy of the files of a source in a directory that cannot be written to: so nobody writes to them, either. */
    private Path movable() throws IOException {
        Path movable = beside(".source");
        for (String part : List.of("", LOG)) {
            Path from = part(source.toRealPath(), part);
            OwnerOnly.createFile(part(movable, part));
            if (Files.exists(from)) {
                Files.copy(from, part(movable, part), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return movable;
    }

    private void copyBySqlite(Path from) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true); // such a connection never removes a log
        try (Connection c = config.createConnection(url(from));
                Statement s = c.createStatement()) {
            ConnectionFactory.refuseForeign(source, s);
            OwnerOnly.createFile(copy);
            int code = c.unwrap(SQLiteConnection.class).getDatabase().backup("main", copy.toString(), null);
            if (code != 0) {
                throw new SQLException("cannot be copied: SQLite's code " + code, null, code);
            }
        }
    }

    private Optional<Path> swap() throws IOException {
        Optional<Path> kept = Files.exists(place) ? Optional.of(putAside()) : Optional.empty();
        Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    /** The log goes first as a copy, so that at no moment the two are apart. */
    private Path putAside() throws IOException {
        takeLogIn();
        Path kept = unused();
        if (Files.exists(part(place, LOG))) {
            Files.copy(part(place, LOG), part(kept, LOG), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.move(place, kept);
        Files.deleteIfExists(part(place, LOG));
        Files.deleteIfExists(part(place, INDEX));
        return kept;
    }

    /** Moves what is in the log into the database, where both are sound enough. */
    private void takeLogIn() {
        try (Connection c = new SQLiteConfig().createConnection(url(place));
                Statement s = c.createStatement()) {
            s.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            return; // it is put aside as it is
        }
    }

    private Path unused() {
        Path kept = beside(".replaced");
        for (int n = 2; Files.exists(kept) || Files.exists(part(kept, LOG)); n++) {
            kept = beside(".replaced-" + n);
        }
        return kept;
    }

    private void forgetCopy() {
        try {
            for (Path base : List.of(copy, beside(".source"))) {
                for (String part : List.of("", LOG, INDEX, "-journal")) {
                    Files.deleteIfExists(part(base, part));
                }
            }
        } catch (IOException e) {
            throw new StorageException(Kind.FATAL, copy + ": " + e, e);
        }
    }

    private Path beside(String suffix) {
        return part(place, suffix);
    }

    private static Path part(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }
}
