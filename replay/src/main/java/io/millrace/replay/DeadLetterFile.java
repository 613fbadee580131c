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
 * is on the disk when {@link #add} returns. The file is made with the first event, and may be moved or removed at any time;
 * it does not grow beyond its limit. Used by one thread.
 */
public final class DeadLetterFile implements DeadLetters {
    private final Path path;
    private final long limit;
    private final EventWriter writer = new EventWriter();

    /** Bytes of the event that there was no room for last; 0: there was for the last one. */
    private volatile int wanted;

    /** @param limit bytes of the file at most */
    public DeadLetterFile(Path path, long limit) {
        this.path = path;
        this.limit = limit;
    }

    /** @throws UncheckedIOException when the file cannot be written */
    @Override
    public boolean add(Event event, String reason) {
        ByteBuffer line = ByteBuffer.wrap(writer.line(event, reason));
        try (FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                ownerOnly())) {
            boolean room = file.size() + line.remaining() <= limit;
            wanted = room ? 0 : line.remaining();
            while (room && line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
            return room;
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be written", e);
        }
    }

    @Override
    public String shortage() {
        return wanted == 0 || path.toFile().length() + wanted <= limit
                ? null
                : "events that cannot be stored are dropped: " + path + " may not grow beyond " + limit + " bytes";
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
