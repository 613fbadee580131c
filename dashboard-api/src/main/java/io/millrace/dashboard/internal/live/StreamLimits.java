package io.millrace.dashboard.internal.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How many streams are open, in all and for each holder: an address, or an address and a link. Thread-safe. */
final class StreamLimits {
    private final int perHolder;
    private final int inAll;
    private final ConcurrentHashMap<String, Integer> byHolder = new ConcurrentHashMap<>();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();

    StreamLimits(int perHolder, int inAll) {
        this.perHolder = perHolder;
        this.inAll = inAll;
    }

    /** The id of one more stream, or -1: there are enough. */
    long admit(String holder) {
        int n = byHolder.merge(holder, 1, Integer::sum);
        if (n > perHolder || open.size() >= inAll) {
            release(holder);
            return -1;
        }
        long id = ids.incrementAndGet();
        open.add(id);
        return id;
    }

    /** Gives the place of a stream back; a second time changes nothing. */
    void leave(long id, String holder) {
        if (open.remove(id)) {
            release(holder);
        }
    }

    private void release(String holder) {
        byHolder.computeIfPresent(holder, (h, n) -> n == 1 ? null : n - 1);
    }

    int open() {
        return open.size();
    }
}
