package io.millrace.engine.internal;

import io.millrace.engine.Counter;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.Batch.LedgerEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what one transaction adds to the counters. */
final class LedgerTally {
    private static final Counter[] COUNTERS = Counter.values();

    private final Map<Integer, long[]> sites = new HashMap<>();

    /** Whether a counter is persisted by the batch whose outcome it is; the others are persisted once a second. */
    static boolean withBatch(Counter counter) {
        return switch (counter.group()) {
            case STORED, DUPLICATE, FILTERED -> true;
            default -> false;
        };
    }

    void add(int siteId, Counter counter, long n) {
        sites.computeIfAbsent(siteId, id -> new long[COUNTERS.length])[counter.ordinal()] += n;
    }

    /** The sums that are not 0, on each site's own day; what belongs to no site counts on the day in UTC. */
    List<LedgerEntry> entries(Sites known, long now) {
        List<LedgerEntry> entries = new ArrayList<>();
        sites.forEach((siteId, sums) -> {
            Site site = known.byId(siteId);
            int day = site == null ? (int) Math.floorDiv(now, 86_400_000L) : site.dayOf(now);
            for (int i = 0; i < sums.length; i++) {
                if (sums[i] != 0) {
                    entries.add(new LedgerEntry(siteId, day, COUNTERS[i], sums[i]));
                }
            }
        });
        return entries;
    }
}
