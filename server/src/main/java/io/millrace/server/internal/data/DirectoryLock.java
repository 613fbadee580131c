package io.millrace.server.internal.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ownership of a data directory. The file stays when it is given up: only the lock on it counts. */
public final class DirectoryLock implements AutoCloseable {
    /**
     * What this process holds. POSIX takes a lock back when the process closes <em>any</em> descriptor of the file, so
     * a file that is locked here must not be opened a second time, not even to try.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel file;

    private DirectoryLock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    static DirectoryLock tryTake(Path path) throws IOException {
        if (!HELD.add(path)) {
            return null;
        }
        DirectoryLock taken = null;
        try {
            taken = take(path);
            return taken;
        } finally {
            if (taken == null) {
                HELD.remove(path);
            }
        }
    }

    private static DirectoryLock take(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            return null;
        }
        String pid = ProcessHandle.current().pid() + "\n";
        file.truncate(0);
        file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return new DirectoryLock(path, file);
    }

    @Override
    public void close() throws IOException {
        file.close();
        HELD.remove(path);
    }
}
