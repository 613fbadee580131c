package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.spi.Fixed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts by site and day, as committed and as the running transaction leaves them. Of many days those are forgotten that
 * were counted on the longest time ago. The store thread's.
 */
final class DayCounts {
    private static final int DAYS_REMEMBERED = 10_000;

    @Fixed("10,000 days at most")
    private final Map<Long, Integer> committed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > DAYS_REMEMBERED;
        }
    };

    @Fixed("what the running transaction changes")
    private final Map<Long, Integer> pending = new HashMap<>();

    int get(long siteDay) {
        Integer n = pending.get(siteDay);
        return n != null ? n : committed.getOrDefault(siteDay, 0);
    }

    void increment(long siteDay) {
        pending.put(siteDay, get(siteDay) + 1);
    }

    void commit() {
        committed.putAll(pending);
        pending.clear();
    }

    void rollback() {
        pending.clear();
    }
}
