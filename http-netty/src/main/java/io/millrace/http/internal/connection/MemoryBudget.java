package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that the connections of one event loop may hold together, and how many of them each network holds: none more
 * than a quarter. Belongs to that loop; only {@link #used()} may be asked by any thread.
 */
final class MemoryBudget {
    private static final int PART = 4;
    private static final int CROWD = 8;

    /**
     * What one network holds, or one connection of a proxy, behind which are many networks. Belongs to the event loop.
     */
    static final class Share {
        private final Long network;
        private int connections;
        private long held;

        private Share(Long network) {
            this.network = network;
        }

        /** Bytes held. */
        long held() {
            return held;
        }

        /** Open connections. */
        int connections() {
            return connections;
        }
    }

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    @Fixed("one for each open connection at most")
    private final Map<Long, Share> networks = new HashMap<>();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** The share of a connection of this network, or one of its own for null; must be {@link #leave left}. */
    Share join(Long network) {
        Share share = network == null ? new Share(null) : networks.computeIfAbsent(network, Share::new);
        share.connections++;
        return share;
    }

    void leave(Share share) {
        if (--share.connections == 0 && share.network != null) {
            networks.remove(share.network);
        }
    }

    /**
     * Takes bytes, if there are so many and the share may have them.
     *
     * @param kept bytes that stay free for who may take them
     */
    boolean take(Share share, long bytes, long kept) {
        if (used.get() + bytes > limit - kept || !mayHold(share, bytes)) {
            return false;
        }
        add(share, bytes);
        return true;
    }

    /** Whether a share may hold so many bytes more, however many the others hold. */
    boolean mayHold(Share share, long bytes) {
        return share.held + bytes <= limit / PART;
    }

    /** Bytes that a share could take now. */
    long room(Share share) {
        return Math.min(limit - used.get(), limit / PART - share.held);
    }

    /** Notes bytes that are held in any case; negative: that are given back. */
    void add(Share share, long bytes) {
        share.held += bytes;
        used.lazySet(used.get() + bytes);
    }

    /** Whether so much is held that somebody has to go. */
    boolean pressed() {
        return used.get() > limit / PART * (PART - 1);
    }

    /** Whether so much is held that everybody should hold little. */
    boolean crowded() {
        return used.get() > limit / CROWD;
    }

    /** Bytes held by all. */
    long used() {
        return used.get();
    }

    long limit() {
        return limit;
    }
}
