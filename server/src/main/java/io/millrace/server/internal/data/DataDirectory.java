package io.millrace.server.internal.data;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.millrace.storage.sqlite.DatabaseLock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that holds everything. Who has the lock of its database owns all of it. Not thread-safe.
 */
public final class DataDirectory {
    private static final String DATABASE = "millrace.db";

    /** Where SQLite's native library is unpacked. */
    private static final String SQLITE_LIBRARY = "org.sqlite.tmpdir";

    private final Path path;

    public DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    public Path path() {
        return path;
    }

    /** The database. */
    public Path database() {
        return path.resolve(DATABASE);
    }

    /** The daily salts of cookieless visitors. */
    public Path salts() {
        return path.resolve("salts");
    }

    /** Where events go that could not be stored. */
    public Path deadLetters() {
        return path.resolve("dead-letters.ndjson");
    }

    /** The socket by which other processes reach the owner. */
    public Path controlSocket() {
        return path.resolve("control.sock");
    }

    /** What subscribers were told, and what waits to be sent. */
    public Path notices() {
        return path.resolve("notices.json");
    }

    /** The key from which secrets are derived that must be known in clear. */
    public Path key() {
        return path.resolve("key");
    }

    /** When jobs ran and what came of them. */
    public Path jobs() {
        return path.resolve("jobs.json");
    }

    /** Scratch space, emptied by each owner. */
    public Path temporary() {
        return path.resolve("tmp");
    }

    /** Whether there is a database. */
    public boolean hasDatabase() {
        return Files.exists(database());
    }

    /**
     * Becomes the owner.
     *
     * @return null when another process is
     * @throws IOException when the directory cannot be made or written
     */
    public DatabaseLock tryLock() throws IOException {
        create(path);
        return DatabaseLock.tryTake(database());
    }

    /**
     * Makes the scratch space empty; for the owner. SQLite's native library is unpacked there, and one that belonged to
     * a killed process stays behind.
     */
    public void clean() throws IOException {
        create(temporary());
        MoreFiles.deleteDirectoryContents(temporary(), RecursiveDeleteOption.ALLOW_INSECURE);
        if (System.getProperty(SQLITE_LIBRARY) == null) {
            System.setProperty(SQLITE_LIBRARY, temporary().toString());
        }
    }

    /** Makes a directory that only its owner can look into, unless it is there. */
    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getParent() != null) {
            create(directory.getParent());
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) { // a file system without such permissions
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new FileSystemException(directory.toString(), null, "is a file, not a directory");
            }
        } catch (NoSuchFileException e) { // within /proc and the like
            throw new FileSystemException(directory.toString(), null, "no directory can be made there");
        }
    }
}
