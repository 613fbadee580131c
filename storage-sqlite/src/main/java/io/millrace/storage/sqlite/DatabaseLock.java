package io.millrace.storage.sqlite;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.connection.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ownership of a database: one storage of one process at a time. It is a lock on a file beside the database, which the
 * operating system takes back when the process dies; the file stays, only the lock counts. Symbolic links are followed, so
 * a database has one owner whatever it is called. Thread-safe.
 */
public final class DatabaseLock implements AutoCloseable {
    /**
     * What this process holds. POSIX takes a lock back when the process closes <em>any</em> descriptor of the file, so
     * a file that is locked here must not be opened a second time, not even to try.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path database;
    private final Path path;
    private final FileChannel file;

    private DatabaseLock(Path database, Path path, FileChannel file) {
        this.database = database;
        this.path = path;
        this.file = file;
    }

    /**
     * Becomes the owner of a database, which need not exist yet.
     *
     * @return null when somebody else is
     * @throws IOException when the lock's file cannot be made or written
     */
    public static DatabaseLock tryTake(Path database) throws IOException {
        Path real = real(database);
        Path path = lockOf(real);
        if (!HELD.add(path)) {
            return null;
        }
        DatabaseLock taken = null;
        try {
            taken = take(real, path);
            return taken;
        } finally {
            if (taken == null) {
                HELD.remove(path);
            }
        }
    }

    private static DatabaseLock take(Path database, Path path) throws IOException {
        OwnerOnly.createFile(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            return null;
        }
        String pid = ProcessHandle.current().pid() + "\n";
        file.truncate(0);
        file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return new DatabaseLock(database, path, file);
    }

    /** The same for those who cannot go on without. */
    static DatabaseLock take(Path database) {
        try {
            DatabaseLock lock = tryTake(database);
            if (lock == null) {
                throw new StorageException(Kind.FATAL, database + ": in use by " + owner(real(database)));
            }
            return lock;
        } catch (IOException e) {
            throw new StorageException(Kind.FATAL, database + ": cannot be locked: " + e.getMessage(), e);
        }
    }

    private static String owner(Path database) throws IOException {
        Path path = lockOf(database);
        return HELD.contains(path)
                ? "another engine of this process"
                : "process " + Files.readString(path).strip();
    }

    private static Path lockOf(Path database) {
        return database.resolveSibling(database.getFileName() + "-lock");
    }

    private static Path real(Path database) throws IOException {
        Path absolute = database.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        if (Files.isSymbolicLink(absolute)) {
            return real(absolute.resolveSibling(Files.readSymbolicLink(absolute)));
        }
        return absolute.getParent() == null
                ? absolute
                : absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    boolean isOf(Path file) {
        try {
            return real(file).equals(database);
        } catch (IOException e) {
            return false;
        }
    }

    /** The database itself, where its symbolic links lead. */
    Path database() {
        return database;
    }

    /** Gives the ownership up. */
    @Override
    public void close() throws IOException {
        file.close();
        HELD.remove(path);
    }
}
