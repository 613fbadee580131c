package io.millrace.dashboard.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How many streams are open, in all and for each address. Thread-safe. */
final class StreamLimits {
    private final int perAddress;
    private final int inAll;
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();

    StreamLimits(int perAddress, int inAll) {
        this.perAddress = perAddress;
        this.inAll = inAll;
    }

    /** The id of one more stream, or -1: there are enough. */
    long admit(String address) {
        int n = byAddress.merge(address, 1, Integer::sum);
        if (n > perAddress || open.size() >= inAll) {
            release(address);
            return -1;
        }
        long id = ids.incrementAndGet();
        open.add(id);
        return id;
    }

    /** Gives the place of a stream back; a second time changes nothing. */
    void leave(long id, String address) {
        if (open.remove(id)) {
            release(address);
        }
    }

    private void release(String address) {
        byAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }

    int open() {
        return open.size();
    }
}
