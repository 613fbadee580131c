package io.millrace.dashboard.internal.cache;

import io.millrace.engine.spi.Fixed;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a cache. Thread-safe. */
public final class CacheCounts {
    /** What has happened. */
    public enum Count {
        HITS("Answers from the cache."),
        LOADS("Reports computed."),
        KEPT("Entries kept because nothing had changed."),
        FAILURES("Reports that failed."),
        EVICTIONS("Entries dropped for room.");

        private final String about;

        Count(String about) {
            this.about = about;
        }

        /** What it means, for people. */
        public String about() {
            return about;
        }
    }

    @Fixed("one for each thing that is counted")
    private final Map<Count, LongAdder> totals = new EnumMap<>(Count.class);

    CacheCounts() {
        Arrays.stream(Count.values()).forEach(count -> totals.put(count, new LongAdder()));
    }

    void add(Count count) {
        totals.get(count).increment();
    }

    long total(Count count) {
        return totals.get(count).sum();
    }
}
