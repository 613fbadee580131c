package io.millrace.storage.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** How a database is opened. Immutable; changed by {@link #with}. */
public final class SqliteSettings {
    /** What is right for most. */
    public static final SqliteSettings DEFAULT = new Builder().build();

    /** What a commit survives. */
    public enum Sync {
        /** The death of the process; a power cut may take the last commits, and never harms the file. */
        NORMAL,
        /** A power cut too: every commit is flushed to the disk. */
        FULL
    }

    private static final long LEAST_BYTES = 1L << 20;

    private final Builder b;

    private SqliteSettings(Builder b) {
        this.b = b;
    }

    /** A builder that starts from these. */
    public Builder with() {
        return b.copy();
    }

    /** What a commit survives. */
    public Sync sync() {
        return b.sync;
    }

    /** How long one attempt waits for a foreign writer's lock. */
    public Duration busyTimeout() {
        return b.busyTimeout;
    }

    /** Page cache of the write connection, in bytes. */
    public long writerCacheBytes() {
        return b.writerCacheBytes;
    }

    /** Page cache of each read connection, in bytes. */
    public long readerCacheBytes() {
        return b.readerCacheBytes;
    }

    /** How much of the file is mapped into memory, in bytes. */
    public long mmapBytes() {
        return b.mmapBytes;
    }

    /** WAL pages after which a commit checkpoints. */
    public int checkpointPages() {
        return b.checkpointPages;
    }

    /** Size to which the WAL file is cut back, in bytes. */
    public long walLimitBytes() {
        return b.walLimitBytes;
    }

    /** Read-only connections, and so queries at a time. */
    public int readers() {
        return b.readers;
    }

    /** How long a query may take. */
    public Duration queryTimeout() {
        return b.queryTimeout;
    }

    /** Days by site whose figures are kept in memory at most. */
    public int openDays() {
        return b.openDays;
    }

    /** Values of one dimension, site and day that have roll-ups of their own; the rest is {@code (other)}. */
    public int valuesPerDay() {
        return b.valuesPerDay;
    }

    /** New texts that one site may add in a day; the rest is {@code (other)}. */
    public int textsPerDay() {
        return b.textsPerDay;
    }

    /**
     * What it may hold on the heap of what clients send, in bytes: texts and visitors with their numbers, and the figures of
     * the days that are being written to. SQLite's page caches come on top, outside of the heap.
     */
    public long memoryBytes() {
        return b.memoryBytes;
    }

    /**
     * What is left free on the disk, in bytes: with less, the engine admits no beacons until there is more again. Of a small
     * disk it is a quarter at most.
     */
    public long diskReserveBytes() {
        return b.diskReserveBytes;
    }

    /**
     * Where SQLite puts what it sorts and does not fit its memory; it removes the names of such files at once. Null: where the
     * database is. SQLite has one such place in a process: that of the storage that was opened last.
     */
    public Path temporaryDirectory() {
        return b.temporaryDirectory;
    }

    /** Gathers settings. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private Sync sync = Sync.NORMAL;
        private Duration busyTimeout = Duration.ofSeconds(5);
        private long writerCacheBytes = 16L << 20;
        private long readerCacheBytes = 16L << 20;
        private long mmapBytes = 256L << 20;
        private int checkpointPages = 4_000;
        private long walLimitBytes = 128L << 20;
        private int readers = 2;
        private Duration queryTimeout = Duration.ofSeconds(30);
        private int openDays = 64;
        private int valuesPerDay = 5_000;
        private int textsPerDay = 200_000;
        private Path temporaryDirectory;
        private long memoryBytes = 96L << 20;
        private long diskReserveBytes = 512L << 20;

        private Builder() {}

        public Builder sync(Sync sync) {
            this.sync = sync;
            return this;
        }

        public Builder busyTimeout(Duration busyTimeout) {
            this.busyTimeout = busyTimeout;
            return this;
        }

        public Builder writerCacheBytes(long writerCacheBytes) {
            this.writerCacheBytes = writerCacheBytes;
            return this;
        }

        public Builder readerCacheBytes(long readerCacheBytes) {
            this.readerCacheBytes = readerCacheBytes;
            return this;
        }

        public Builder mmapBytes(long mmapBytes) {
            this.mmapBytes = mmapBytes;
            return this;
        }

        public Builder checkpointPages(int checkpointPages) {
            this.checkpointPages = checkpointPages;
            return this;
        }

        public Builder walLimitBytes(long walLimitBytes) {
            this.walLimitBytes = walLimitBytes;
            return this;
        }

        public Builder readers(int readers) {
            this.readers = readers;
            return this;
        }

        public Builder queryTimeout(Duration queryTimeout) {
            this.queryTimeout = queryTimeout;
            return this;
        }

        public Builder openDays(int openDays) {
            this.openDays = openDays;
            return this;
        }

        public Builder valuesPerDay(int valuesPerDay) {
            this.valuesPerDay = valuesPerDay;
            return this;
        }

        public Builder textsPerDay(int textsPerDay) {
            this.textsPerDay = textsPerDay;
            return this;
        }

        public Builder temporaryDirectory(Path temporaryDirectory) {
            this.temporaryDirectory = temporaryDirectory;
            return this;
        }

        public Builder memoryBytes(long memoryBytes) {
            this.memoryBytes = memoryBytes;
            return this;
        }

        public Builder diskReserveBytes(long diskReserveBytes) {
            this.diskReserveBytes = diskReserveBytes;
            return this;
        }

        /** The settings. @throws IllegalArgumentException for a value that makes no sense */
        public SqliteSettings build() {
            Objects.requireNonNull(sync, "sync");
            if (readers < 1 || openDays < 1 || valuesPerDay < 1 || textsPerDay < 1 || checkpointPages < 1) {
                throw new IllegalArgumentException(
                        "readers, days, values, texts and checkpoint pages must be at least 1");
            }
            if (memoryBytes < LEAST_BYTES || diskReserveBytes < LEAST_BYTES) {
                throw new IllegalArgumentException(
                        "memory and disk reserve must be at least " + LEAST_BYTES + " bytes");
            }
            return new SqliteSettings(copy());
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
