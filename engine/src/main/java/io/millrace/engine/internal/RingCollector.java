package io.millrace.engine.internal;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Health;
import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Takes slots of the ring. Thread-safe. */
final class RingCollector implements Collector {
    private static final long PARK_NANOS = 100_000;
    private static final long ROOM_NANOS = 50_000_000;

    private final RingBuffer<Slot> ring;
    private final State state;
    private final Committer committer;
    private final InstantSource clock;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final ArrayShare arrays;
    private volatile boolean closed;

    RingCollector(RingBuffer<Slot> ring, State state, Committer committer, InstantSource clock, long maxBytes) {
        this.ring = ring;
        this.state = state;
        this.committer = committer;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.arrays = new ArrayShare(ring.getBufferSize());
    }

    @Override
    public boolean offer(Beacon beacon, Receipt receipt) {
        check(beacon);
        int weight = beacon.weight();
        return admitting()
                && take(
                        1,
                        weight,
                        (slot, i, now) -> slot.beacon(beacon, receipt, 0, LookUps.Asker.of(beacon, 1), weight, now));
    }

    @Override
    public boolean offer(List<Beacon> beacons, Receipt receipt) {
        if (beacons.isEmpty()) {
            return true;
        }
        int[] weights = new int[beacons.size()];
        long weight = 0;
        for (int i = 0; i < weights.length; i++) {
            check(beacons.get(i));
            weights[i] = beacons.get(i).weight();
            weight += weights[i];
        }
        LookUps.Asker asker = LookUps.Asker.of(beacons.get(0), weights.length);
        int members = asker == LookUps.Asker.ARRAY ? weights.length : 0;
        arrays.add(members);
        boolean taken = admitting()
                && take(
                        weights.length,
                        weight,
                        (slot, i, now) -> slot.beacon(beacons.get(i), receipt, i, asker, weights[i], now));
        if (!taken) {
            arrays.add(-members);
        }
        return taken;
    }

    @Override
    public boolean crowded(int members) {
        return arrays.full(members);
    }

    @Override
    public CompletableFuture<Outcome> put(Beacon beacon) {
        check(beacon);
        int weight = atMostAll(beacon.weight());
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        awaitRoom();
        Receipt receipt = (n, outcome) -> done.complete(outcome);
        takeWaiting(weight, (slot, i, now) -> slot.beacon(beacon, receipt, 0, LookUps.Asker.PATIENT, weight, now));
        state.counters.add(Counter.RECEIVED, beacon.siteId());
        return done;
    }

    @Override
    public CompletableFuture<Outcome> put(Event event) {
        int weight = atMostAll(event.weight());
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        awaitRoom();
        Receipt receipt = (n, outcome) -> done.complete(outcome);
        takeWaiting(weight, (slot, i, now) -> slot.event(event, receipt, weight, now));
        state.counters.add(Counter.RECEIVED, event.site().id());
        return done;
    }

    /** Puts a command behind everything offered so far, unless it is given up before there is a slot for it. */
    void command(Command<?> command) {
        while (!take(1, 0, (slot, i, now) -> slot.command = command)) {
            if (closed) {
                throw new IllegalStateException("engine is closed");
            }
            if (command.expired(why())) {
                return;
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    /** Why the storage keeps commands waiting, as the end of a sentence. */
    String why() {
        Health health = committer.health();
        return health.state() == Health.State.RUNNING ? "" : ": " + health.reason();
    }

    /** Wakes the handlers if they are idle. */
    void nudge() {
        if (quiet()) {
            take(1, 0, (slot, i, now) -> {});
        }
    }

    boolean quiet() {
        return ring.remainingCapacity() >= ring.getBufferSize() - 1;
    }

    long remaining() {
        return ring.remainingCapacity();
    }

    /**
     * Admits nothing more. What claims a slot before the command that follows is still settled; what claims one later
     * sees that it is closed and leaves the slot empty.
     */
    void close(Command<?> last) {
        takeWaiting(0, (slot, i, now) -> {
            closed = true;
            slot.command = last;
        });
    }

    void register(Bounds bounds) {
        bounds.add("ring", maxBytes, bytes::get);
    }

    /**
     * A batch is settled.
     *
     * @param weight its bytes
     * @param members how many of its slots belonged to arrays
     * @param waitedMillis how long the first of them has taken
     */
    void released(long weight, int members, long waitedMillis) {
        bytes.addAndGet(-weight);
        arrays.release(members, waitedMillis);
    }

    private void check(Beacon beacon) {
        if (state.sites.byId(beacon.siteId()) == null) {
            throw new IllegalArgumentException("unknown site " + beacon.siteId());
        }
    }

    private boolean admitting() {
        return !closed && committer.health().state() == Health.State.RUNNING;
    }

    @FunctionalInterface
    private interface Fill {
        void fill(Slot slot, int i, long now);
    }

    private boolean take(int n, long weight, Fill fill) {
        if (bytes.addAndGet(weight) > maxBytes && weight > 0) {
            bytes.addAndGet(-weight);
            return false;
        }
        long last;
        try {
            last = n > ring.getBufferSize() ? tooMany() : ring.tryNext(n);
        } catch (InsufficientCapacityException full) {
            bytes.addAndGet(-weight);
            return false;
        }
        boolean open = !closed;
        try {
            long now = clock.millis();
            for (int i = 0; i < n && open; i++) {
                fill.fill(ring.get(last - n + 1 + i), i, now);
            }
        } finally {
            ring.publish(last - n + 1, last);
        }
        if (!open) {
            bytes.addAndGet(-weight);
        }
        return open;
    }

    private static long tooMany() throws InsufficientCapacityException {
        throw InsufficientCapacityException.INSTANCE;
    }

    /** What is heavier than the ring may be goes in when nothing else is there. */
    private int atMostAll(int weight) {
        return (int) Math.min(weight, maxBytes);
    }

    /** What waits for a slot waits for room in the storage first. */
    private void awaitRoom() {
        while (!closed && committer.shortOfRoom()) {
            LockSupport.parkNanos(ROOM_NANOS);
        }
    }

    private void takeWaiting(long weight, Fill fill) {
        while (!take(1, weight, fill)) {
            if (closed) {
                throw new IllegalStateException("engine is closed");
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
