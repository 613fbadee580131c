package io.millrace.storage.sqlite.internal.connection;

import io.millrace.storage.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The part of the disk that is left free. When less is free, nothing more is admitted, and nothing is derived (packs, roll-ups of
 * days gone by). What may still be written fits into it:
 *
 * <ul>
 *   <li>what was admitted before that was seen, the ring and one batch, each {@link #mostWaiting} at most, and stored in 2.7
 *       times its bytes (measured: 2.6 where path, title, referrer and a property of each event are new and just too long for a
 *       page, 0.3 to 1 where they are shorter): 6/16;
 *   <li>the write-ahead log as long as it may become ({@link #fit}): 4/16, and one transaction of such a batch: 3/16;
 *   <li>administration, pruning, a piece of derived work that had begun, and whoever else needs a disk that is not full: 3/16.
 * </ul>
 *
 * With the default of 512 MiB and the default ring of 24 MiB these are 130, 128 and 65 MiB, and 189 are left.
 * What the log holds beyond the end of the database's file is counted as written, as the next checkpoint takes that room.
 * Thread-safe, but for {@link #shortage}.
 */
public final class DiskReserve {
    /** Asking the file system costs about 5 µs. */
    private static final long ASK_EVERY_NANOS = 50_000_000;

    /** More is asked after at once: a large batch takes longer to write than to ask about. */
    private static final int ASK_EVERY_HITS = 200;

    /** On a small disk the reserve is this part of it at most. */
    private static final int PART_OF_DISK = 4;

    /** So much more than the reserve, as a part of it, must be free until all is well again. */
    private static final int AGAIN = 8;

    private static final int PART_OF_LOG = 4;
    private static final int PART_WAITING = 16;
    private static final long LEAST_WAITING = 512 << 10;

    private final Path directory;
    private final long reserve;
    private final LongSupplier free;
    private final LongSupplier nanoTime;
    private long askedAt;
    private int hits;
    private String shortage;

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

    /** The same settings with a write-ahead log that fits into the reserve. */
    public SqliteSettings fit(SqliteSettings settings) {
        long log = Math.min(settings.walLimitBytes(), reserve / PART_OF_LOG);
        long pages = Math.min(settings.checkpointPages(), log / ConnectionFactory.BACKSTOP / Checkpoints.PAGE);
        return settings.with()
                .walLimitBytes(log)
                .checkpointPages((int) Math.max(1, pages))
                .build();
    }

    /** How many bytes may be admitted and not written yet. */
    public long mostWaiting() {
        return Math.max(LEAST_WAITING, reserve / PART_WAITING);
    }

    /** So many hits were written. */
    public void written(int more) {
        hits += more;
    }

    /**
     * Why no more should come, for people, or null. The store thread's.
     *
     * @param owed bytes by which the next checkpoint makes the database's file longer
     */
    public String shortage(LongSupplier owed) {
        long now = nanoTime.getAsLong();
        if (now - askedAt >= ASK_EVERY_NANOS || hits >= ASK_EVERY_HITS) {
            askedAt = now;
            hits = 0;
            long needed = shortage == null ? reserve : reserve + reserve / AGAIN;
            long left = free();
            shortage = left < needed || left < 2 * needed && left - owed.getAsLong() < needed ? words() : null;
        }
        return shortage;
    }

    private String words() {
        return String.format(
                Locale.ROOT,
                "less than %,d MB are free on the disk of %s beside what is in the write-ahead log; they are kept in reserve",
                reserve >> 20,
                directory);
    }
}
