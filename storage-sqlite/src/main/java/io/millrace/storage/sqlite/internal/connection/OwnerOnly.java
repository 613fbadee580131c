package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that nobody but their owner may read, whatever the process's umask says and whoever may look into the directory.
 * SQLite gives a database's log the permissions of the database. Pure functions.
 */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Makes an empty file unless there is one; what is there stays as it is. */
    public static void createFile(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, attributes(file, "rw-------"));
            }
        } catch (FileAlreadyExistsException e) {
            return; // a moment ago, by somebody else
        } catch (IOException e) {
            throw new StorageException(Kind.FATAL, file + ": cannot be made: " + e, e);
        }
    }

    /** None where the file system knows no such permissions. */
    private static FileAttribute<?>[] attributes(Path file, String permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
