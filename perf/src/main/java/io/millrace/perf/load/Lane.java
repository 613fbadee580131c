package io.millrace.perf.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A piece of work and the connections it may use. */
final class Lane {
    final Work work;
    final List<Connection> connections = new ArrayList<>();
    final ArrayDeque<Connection> idle = new ArrayDeque<>();
    int busy;
    /** Not before this moment is a lost connection made again. */
    long reconnectAt = Long.MIN_VALUE;

    Lane(Work work, int connections, int capacity) {
        this.work = work;
        for (int i = 0; i < connections; i++) {
            this.connections.add(new Connection(this, capacity));
        }
    }

    /** When the next connection of a lane whose requests come on fresh ones is to be made. */
    long freshAt(long now) {
        return Math.max(work.due(now), reconnectAt);
    }

    boolean done(long now) {
        return busy == 0 && work.finished(now);
    }
}
