package io.millrace.storage.sqlite.internal.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The part of the disk that is left free: for what is admitted already, for the write-ahead log, for pruning, and for whoever
 * else needs a disk that is not full. Thread-safe.
 */
public final class DiskReserve {
    /** Asking the file system costs about 5 µs. */
    private static final long ASK_EVERY_NANOS = 50_000_000;

    /** On a small disk the reserve is this part of it at most. */
    private static final int PART_OF_DISK = 4;

    /** So much more than the reserve, as a part of it, must be free until all is well again. */
    private static final int AGAIN = 8;

    private final Path directory;
    private final long reserve;
    private final LongSupplier free;
    private final LongSupplier nanoTime;
    private volatile long askedAt;
    private volatile String shortage;

    /** Of the disk that a database is on. */
    public static DiskReserve of(Path file, long bytes) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            FileStore disk = Files.getFileStore(Files.exists(file) ? file.toRealPath() : directory);
            return new DiskReserve(
                    directory,
                    Math.min(bytes, disk.getTotalSpace() / PART_OF_DISK),
                    () -> usable(disk),
                    System::nanoTime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param reserve bytes
     * @param free bytes that are free
     */
    DiskReserve(Path directory, long reserve, LongSupplier free, LongSupplier nanoTime) {
        this.directory = directory;
        this.reserve = reserve;
        this.free = free;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong() - ASK_EVERY_NANOS;
    }

    private static long usable(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // the disk will say it itself
        }
    }

    /** Bytes that are left free. */
    public long reserve() {
        return reserve;
    }

    /** Bytes that are free. */
    public long free() {
        return free.getAsLong();
    }

    /** Why no more should come, for people, or null. */
    public String shortage() {
        long now = nanoTime.getAsLong();
        if (now - askedAt >= ASK_EVERY_NANOS) {
            askedAt = now;
            long needed = shortage == null ? reserve : reserve + reserve / AGAIN;
            shortage = free() < needed ? words() : null;
        }
        return shortage;
    }

    private String words() {
        return String.format(
                Locale.ROOT,
                "less than %,d MB are free on the disk of %s, which are kept in reserve",
                reserve >> 20,
                directory);
    }
}
