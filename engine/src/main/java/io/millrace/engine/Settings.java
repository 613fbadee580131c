package io.millrace.engine;

import java.time.Duration;

/**
 * How an engine is set up. Immutable.
 *
 * @param ringSlots beacons in flight at most; a power of two
 * @param ringBytes heap that beacons in flight may hold, in bytes
 * @param maxBatch events in one transaction at most
 * @param visitTimeout the gap after which a visitor's next event starts a new visit
 * @param visitMaxLength the length after which a visit ends whatever happens
 * @param openVisits visits kept in memory at most; the least recently active leave first
 * @param recentIds event ids remembered at least, over all sites
 * @param agentParsesPerSecond unknown user agents parsed a second at most
 */
public record Settings(
        int ringSlots,
        long ringBytes,
        int maxBatch,
        Duration visitTimeout,
        Duration visitMaxLength,
        int openVisits,
        int recentIds,
        int agentParsesPerSecond) {

    /** What is right for most. */
    public static final Settings DEFAULT =
            new Settings(16_384, 64L << 20, 1_024, Duration.ofMinutes(30), Duration.ofHours(24), 30_000, 500_000, 200);

    public Settings {
        if (Integer.bitCount(ringSlots) != 1) {
            throw new IllegalArgumentException("ring slots: not a power of two: " + ringSlots);
        }
        if (maxBatch < 1 || openVisits < 1 || recentIds < 1) {
            throw new IllegalArgumentException("batch, open visits and recent ids must be at least 1");
        }
    }

    /** The same with so many slots, a power of two, and bytes in flight at most. */
    public Settings withRing(int slots, long bytes) {
        return new Settings(
                slots, bytes, maxBatch, visitTimeout, visitMaxLength, openVisits, recentIds, agentParsesPerSecond);
    }

    /** The same with so many events a transaction at most. */
    public Settings withMaxBatch(int events) {
        return new Settings(
                ringSlots,
                ringBytes,
                events,
                visitTimeout,
                visitMaxLength,
                openVisits,
                recentIds,
                agentParsesPerSecond);
    }

    /** The same with another gap that ends a visit. */
    public Settings withVisitTimeout(Duration timeout) {
        return new Settings(
                ringSlots, ringBytes, maxBatch, timeout, visitMaxLength, openVisits, recentIds, agentParsesPerSecond);
    }

    /** The same with so many visits in memory at most. */
    public Settings withOpenVisits(int visits) {
        return new Settings(
                ringSlots, ringBytes, maxBatch, visitTimeout, visitMaxLength, visits, recentIds, agentParsesPerSecond);
    }
}
