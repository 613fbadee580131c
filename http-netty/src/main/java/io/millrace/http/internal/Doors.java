package io.millrace.http.internal;

import io.millrace.http.HttpSettings.Limits;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, in all and by address, and refuses those beyond the limits. Thread-safe. */
final class Doors {
    private final Limits limits;
    private final Clients clients;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Long, Integer> byAddress = new ConcurrentHashMap<>();

    Doors(Limits limits, Clients clients) {
        this.limits = limits;
        this.clients = clients;
    }

    /** Lets a connection in, or not; one that is in must {@link #leave}. */
    boolean enter(InetAddress address) {
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            return false;
        }
        if (exempt(address) || byAddress.merge(key(address), 1, Integer::sum) <= limits.connectionsPerAddress()) {
            return true;
        }
        leave(address);
        return false;
    }

    void leave(InetAddress address) {
        open.decrementAndGet();
        if (!exempt(address)) {
            byAddress.computeIfPresent(key(address), (k, n) -> n == 1 ? null : n - 1);
        }
    }

    int open() {
        return open.get();
    }

    private boolean exempt(InetAddress address) {
        return address.isLoopbackAddress() || clients.trusts(address);
    }

    private static Long key(InetAddress address) {
        return Addresses.rateKey(Addresses.plain(address.getAddress()));
    }
}
