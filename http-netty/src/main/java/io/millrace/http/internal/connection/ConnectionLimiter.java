package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.wire.Addresses;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, in all and by address, and refuses those beyond the limits. Thread-safe. */
public final class ConnectionLimiter {
    private final Limits limits;
    private final ClientResolver clients;
    private final AtomicInteger open = new AtomicInteger();

    @Fixed("one for each open connection at most")
    private final Map<Long, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionLimiter(Limits limits, ClientResolver clients) {
        this.limits = limits;
        this.clients = clients;
    }

    /** Lets a connection in, or not; one that is in must {@link #leave}. */
    public boolean enter(InetAddress address) {
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

    public void leave(InetAddress address) {
        open.decrementAndGet();
        if (!exempt(address)) {
            byAddress.computeIfPresent(key(address), (k, n) -> n == 1 ? null : n - 1);
        }
    }

    public int open() {
        return open.get();
    }

    private boolean exempt(InetAddress address) {
        return address.isLoopbackAddress() || clients.trusts(address);
    }

    private static Long key(InetAddress address) {
        return Addresses.networkKey(Addresses.plain(address.getAddress()));
    }
}
