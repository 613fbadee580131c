package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How an engine is set up. Immutable; changed by {@link #with}.
 *
 * @param ringSlots beacons in flight at most; a power of two
 * @param ringBytes heap that beacons in flight may hold, in bytes
 * @param maxBatch events in one transaction at most
 * @param visitTimeout the gap after which a visitor's next event starts a new visit
 * @param visitMaxLength the length after which a visit ends whatever happens
 * @param openVisits visits kept in memory at most; the least recently active leave first
 * @param visitBytes heap that visits in memory may hold, in bytes
 * @param liveBytes heap that what is shown of live visitors may hold, in bytes; who does not fit in is not shown
 * @param recentIds event ids remembered at least, over all sites
 * @param addressPrefix whether cookieless visitors are told by their network, an IPv4 /24 or an IPv6 /48, not by their address
 * @param agentTime how long unknown user agents may be parsed in each second
 * @param dataCenters file of networks that no people come from, one in CIDR a line, read anew when it changes; or null
 * @param behaviour what no person does
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, enableWither = false)
public record EngineSettings(
        int ringSlots,
        long ringBytes,
        int maxBatch,
        Duration visitTimeout,
        Duration visitMaxLength,
        int openVisits,
        long visitBytes,
        long liveBytes,
        int recentIds,
        boolean addressPrefix,
        Duration agentTime,
        Path dataCenters,
        Behaviour behaviour) {

    /** What is right for most. */
    public static final EngineSettings DEFAULT = EngineSettingsBuilder.builder()
            .ringSlots(16_384)
            .ringBytes(24L << 20)
            .maxBatch(1_024)
            .visitTimeout(Duration.ofMinutes(30))
            .visitMaxLength(Duration.ofHours(24))
            .openVisits(100_000)
            .visitBytes(32L << 20)
            .liveBytes(16L << 20)
            .recentIds(390_000)
            .agentTime(Duration.ofMillis(100))
            .behaviour(Behaviour.DEFAULT)
            .build();

    /** @throws IllegalArgumentException for a value that makes no sense */
    public EngineSettings {
        if (Integer.bitCount(ringSlots) != 1) {
            throw new IllegalArgumentException("ring slots: not a power of two: " + ringSlots);
        }
        if (maxBatch < 1 || openVisits < 1 || recentIds < 1) {
            throw new IllegalArgumentException("batch, open visits and recent ids must be at least 1");
        }
    }

    /** A builder that starts from these. */
    public EngineSettingsBuilder with() {
        return EngineSettingsBuilder.builder(this);
    }
}
