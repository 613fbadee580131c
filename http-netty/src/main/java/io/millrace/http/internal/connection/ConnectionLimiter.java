package io.millrace.http.internal.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.wire.Addresses;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, in all and by address, and refuses those beyond the limits. Thread-safe. */
public final class ConnectionLimiter {
    /** Files that the rest of the process needs: database, jars, sockets of its own. */
    private static final int OTHER_FILES = 256;

    /** Of so many connections, one is kept free. */
    private static final int ROOM = 16;

    private volatile int perAddress;
    private final ClientResolver clients;
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();

    @Fixed("one for each open connection at most")
    private final Map<Long, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionLimiter(Limits limits, ClientResolver clients) {
        this.perAddress = limits.connectionsPerAddress();
        this.clients = clients;
        this.limit = Math.max(1, (int) Math.min(limits.connections(), files() - OTHER_FILES));
    }

    /** Files that this process may have open. */
    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    /** So many of one address from now on; those that are open stay. */
    public void setPerAddress(int connections) {
        perAddress = connections;
    }

    /** Connections at most: as many as are allowed, or as there are files for. */
    public int limit() {
        return limit;
    }

    /** How many have to go so that there is room for new ones; 0: none. */
    public int surplus() {
        return Math.max(0, open.get() - limit + limit / ROOM);
    }

    /** Lets a connection in, or not; one that is in must {@link #leave}. */
    public boolean enter(InetAddress address) {
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            return false;
        }
        if (exempt(address) || byAddress.merge(key(address), 1, Integer::sum) <= perAddress) {
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

    /** Whether connections from there speak for many, or for this machine. */
    boolean exempt(InetAddress address) {
        return address.isLoopbackAddress() || clients.trusts(address);
    }

    /** What addresses of one owner have in common: 24 bits of IPv4, 48 of IPv6. */
    static long neighbourhood(InetAddress address) {
        byte[] plain = Addresses.plain(address.getAddress());
        return Addresses.networkKey(plain) >>> (plain.length == 4 ? 8 : 16);
    }

    private static Long key(InetAddress address) {
        return Addresses.networkKey(Addresses.plain(address.getAddress()));
    }
}
