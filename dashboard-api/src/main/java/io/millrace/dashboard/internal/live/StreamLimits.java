package io.millrace.dashboard.internal.live;

import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many streams are open: in all, of each user, and of guests by network and by link. A part of the places is kept for
 * users, so that no crowd of guests has all. Thread-safe.
 */
final class StreamLimits {
    /** What a stream holds here and in {@link LiveStreams}. */
    private static final int STREAM_BYTES = 1 << 10;

    /** How many places there are, and for whom. */
    record Places(int inAll, int forUsers, int perUser, int perNetwork, int perLink) {}

    /**
     * Whose stream it is.
     *
     * @param user who he is; null: a guest
     * @param network of a guest
     * @param link of a guest
     */
    record Holder(Digest user, Digest network, Digest link) {
        boolean guest() {
            return user == null;
        }
    }

    private Places places;

    @Bounded("live_streams")
    private final Map<Digest, Integer> users = new TreeMap<>();

    @Bounded("live_streams")
    private final Map<Digest, Integer> networks = new TreeMap<>();

    @Bounded("live_streams")
    private final Map<Digest, Integer> links = new TreeMap<>();

    private int open;
    private int guests;

    StreamLimits(Places places, Bounds bounds) {
        this.places = places;
        bounds.add("live_streams", (long) places.inAll() * STREAM_BYTES, () -> (long) open() * STREAM_BYTES);
    }

    /** Other places from now on, of which there are as many in all; streams that are open stay. */
    synchronized void set(int perNetwork, int perLink) {
        places = new Places(places.inAll(), places.forUsers(), places.perUser(), perNetwork, perLink);
    }

    /** Takes a place if there is one. */
    synchronized boolean admit(Holder holder) {
        if (open >= places.inAll() || !mayHaveOneMore(holder)) {
            return false;
        }
        open++;
        if (holder.guest()) {
            guests++;
            networks.merge(holder.network(), 1, Integer::sum);
            links.merge(holder.link(), 1, Integer::sum);
        } else {
            users.merge(holder.user(), 1, Integer::sum);
        }
        return true;
    }

    private boolean mayHaveOneMore(Holder holder) {
        return holder.guest()
                ? guests < places.inAll() - places.forUsers()
                        && networks.getOrDefault(holder.network(), 0) < places.perNetwork()
                        && links.getOrDefault(holder.link(), 0) < places.perLink()
                : users.getOrDefault(holder.user(), 0) < places.perUser();
    }

    /** Gives a place back that was taken. */
    synchronized void leave(Holder holder) {
        open--;
        if (holder.guest()) {
            guests--;
            oneLess(networks, holder.network());
            oneLess(links, holder.link());
        } else {
            oneLess(users, holder.user());
        }
    }

    private static void oneLess(Map<Digest, Integer> counts, Digest name) {
        counts.computeIfPresent(name, (n, count) -> count == 1 ? null : count - 1);
    }

    synchronized int open() {
        return open;
    }
}
