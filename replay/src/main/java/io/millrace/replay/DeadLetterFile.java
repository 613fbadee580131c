package io.millrace.replay;

import io.millrace.engine.Event;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.wire.EventWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Dead letters as a file in the replay format, which its owner alone may read: replaying it is the recovery. Each event
 * is on the disk when {@link #add} returns. The file is made with the first event. Used by one thread.
 */
public final class DeadLetterFile implements DeadLetters, AutoCloseable {
    private final Path path;
    private final EventWriter writer = new EventWriter();
    private FileChannel file;

    public DeadLetterFile(Path path) {
        this.path = path;
    }

    /** @throws UncheckedIOException when the file cannot be written */
    @Override
    public void add(Event event, String reason) {
        try {
            if (file == null) {
                file = FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                        ownerOnly());
            }
            ByteBuffer line = ByteBuffer.wrap(writer.line(event, reason));
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be written", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be closed", e);
        }
    }
}
