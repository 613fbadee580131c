package io.millrace.dashboard.internal.limit;

import io.millrace.engine.spi.Fixed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Work that waits in the name of guests. Groups take turns, so that one which is asked for by many does not make the others wait
 * longer than for one piece of work of each. When it is full, the longest line gives its last place up to a shorter one. Not
 * thread-safe.
 */
final class GuestQueue<T> {
    private final int places;
    private final int perNetwork;

    @Fixed("as many as there are places")
    private final Map<Digest, ArrayDeque<Waiting<T>>> lines = new TreeMap<>();

    @Fixed("as many as there are places")
    private final ArrayDeque<Digest> turns = new ArrayDeque<>();

    @Fixed("as many as there are places")
    private final Map<Digest, Integer> networks = new TreeMap<>();

    private int size;

    private record Waiting<T>(Digest network, T work) {}

    /**
     * @param places in all
     * @param perNetwork how many of them one network may have
     */
    GuestQueue(int places, int perNetwork) {
        this.places = places;
        this.perNetwork = perNetwork;
    }

    /** Lets work wait; returns the work that has no place then, be it this or another's, or null. */
    T add(Claim claim, T work) {
        if (networks.getOrDefault(claim.network(), 0) >= perNetwork) {
            return work;
        }
        T dropped = null;
        if (size >= places) {
            ArrayDeque<Waiting<T>> longest = longest();
            ArrayDeque<Waiting<T>> own = lines.get(claim.group());
            if (longest.size() <= (own == null ? 0 : own.size()) + 1) {
                return work;
            }
            Waiting<T> last = longest.pollLast();
            release(last);
            dropped = last.work();
        }
        lines.computeIfAbsent(claim.group(), g -> {
                    turns.add(g);
                    return new ArrayDeque<>();
                })
                .add(new Waiting<>(claim.network(), work));
        networks.merge(claim.network(), 1, Integer::sum);
        size++;
        return dropped;
    }

    private ArrayDeque<Waiting<T>> longest() {
        return lines.values().stream()
                .reduce((a, b) -> b.size() > a.size() ? b : a)
                .orElseThrow();
    }

    private void release(Waiting<T> waiting) {
        networks.computeIfPresent(waiting.network(), (n, count) -> count == 1 ? null : count - 1);
        size--;
    }

    /** The next, or null. */
    T poll() {
        Digest group = turns.poll();
        if (group == null) {
            return null;
        }
        ArrayDeque<Waiting<T>> line = lines.get(group);
        Waiting<T> next = line.poll();
        release(next);
        if (line.isEmpty()) {
            lines.remove(group);
        } else {
            turns.add(group);
        }
        return next.work();
    }

    /** Lets work wait no longer; whether it did. */
    boolean remove(Claim claim, T work) {
        ArrayDeque<Waiting<T>> line = lines.get(claim.group());
        Waiting<T> waiting = new Waiting<>(claim.network(), work);
        if (line == null || !line.remove(waiting)) {
            return false;
        }
        release(waiting);
        if (line.isEmpty()) {
            lines.remove(claim.group());
            turns.remove(claim.group());
        }
        return true;
    }

    /** All that waits; nothing does then. */
    List<T> clear() {
        List<T> all = new ArrayList<>();
        for (T next = poll(); next != null; next = poll()) {
            all.add(next);
        }
        return all;
    }

    int size() {
        return size;
    }
}
