package io.millrace.engine;

import java.time.Duration;

/** How an engine is set up. Immutable; changed by {@link #with}. */
public final class EngineSettings {
    /** What is right for most. */
    public static final EngineSettings DEFAULT = new Builder().build();

    private final Builder b;

    private EngineSettings(Builder b) {
        this.b = b;
    }

    /** A builder that starts from these. */
    public Builder with() {
        return b.copy();
    }

    /** Beacons in flight at most; a power of two. */
    public int ringSlots() {
        return b.ringSlots;
    }

    /** Heap that beacons in flight may hold, in bytes. */
    public long ringBytes() {
        return b.ringBytes;
    }

    /** Events in one transaction at most. */
    public int maxBatch() {
        return b.maxBatch;
    }

    /** The gap after which a visitor's next event starts a new visit. */
    public Duration visitTimeout() {
        return b.visitTimeout;
    }

    /** The length after which a visit ends whatever happens. */
    public Duration visitMaxLength() {
        return b.visitMaxLength;
    }

    /** Visits kept in memory at most; the least recently active leave first. */
    public int openVisits() {
        return b.openVisits;
    }

    /** Heap that visits in memory may hold, in bytes. */
    public long visitBytes() {
        return b.visitBytes;
    }

    /** Heap that what is shown of live visitors may hold, in bytes; who does not fit in is not shown. */
    public long liveBytes() {
        return b.liveBytes;
    }

    /** Event ids remembered at least, over all sites. */
    public int recentIds() {
        return b.recentIds;
    }

    /** How long unknown user agents may be parsed in each second. */
    public Duration agentTime() {
        return b.agentTime;
    }

    /** Gathers settings. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private int ringSlots = 16_384;
        private long ringBytes = 24L << 20;
        private int maxBatch = 1_024;
        private Duration visitTimeout = Duration.ofMinutes(30);
        private Duration visitMaxLength = Duration.ofHours(24);
        private int openVisits = 100_000;
        private long visitBytes = 32L << 20;
        private long liveBytes = 16L << 20;
        private int recentIds = 390_000;
        private Duration agentTime = Duration.ofMillis(100);

        private Builder() {}

        public Builder ringSlots(int slots) {
            ringSlots = slots;
            return this;
        }

        public Builder ringBytes(long bytes) {
            ringBytes = bytes;
            return this;
        }

        public Builder maxBatch(int events) {
            maxBatch = events;
            return this;
        }

        public Builder visitTimeout(Duration timeout) {
            visitTimeout = timeout;
            return this;
        }

        public Builder visitMaxLength(Duration length) {
            visitMaxLength = length;
            return this;
        }

        public Builder openVisits(int visits) {
            openVisits = visits;
            return this;
        }

        public Builder recentIds(int ids) {
            recentIds = ids;
            return this;
        }

        public Builder visitBytes(long bytes) {
            visitBytes = bytes;
            return this;
        }

        public Builder liveBytes(long bytes) {
            liveBytes = bytes;
            return this;
        }

        public Builder agentTime(Duration perSecond) {
            agentTime = perSecond;
            return this;
        }

        /** The settings. @throws IllegalArgumentException for a value that makes no sense */
        public EngineSettings build() {
            if (Integer.bitCount(ringSlots) != 1) {
                throw new IllegalArgumentException("ring slots: not a power of two: " + ringSlots);
            }
            if (maxBatch < 1 || openVisits < 1 || recentIds < 1) {
                throw new IllegalArgumentException("batch, open visits and recent ids must be at least 1");
            }
            return new EngineSettings(copy());
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
