package io.millrace.http.internal.connection;

import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings.Limits;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share. Used on that loop only, but for {@link #wakeUp()}. */
public final class LoopState {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** How often all connections are looked at. */
    private static final long SWEEP_MILLIS = 500;

    /** Who goes first when there are too many. */
    private static final Comparator<LoopMember> QUIET =
            Comparator.comparingInt(LoopMember::ofItsNetwork).reversed().thenComparingLong(LoopMember::quietSince);

    private static final int ENDED_AT_ONCE = 64;

    /** How long those that have much to write or to ask may do so before others are read. */
    private static final long SLICE_NANOS = 5_000_000;

    private final EventLoop executor;
    private final InstantSource clock;
    private final InstantSource steady;
    private final byte[] scratch;
    private final BatchWakeUp wakeUp;

    @Fixed("as many as ConnectionLimiter lets in")
    private final Set<LoopMember> connections = new LinkedHashSet<>();

    @Fixed("beacons in flight, which the ring bounds")
    private final ArrayDeque<PendingResponse> unconfirmed = new ArrayDeque<>();

    @Fixed("one for each open connection at most")
    private List<LoopMember> touched = new ArrayList<>();

    @Fixed("one for each open connection at most")
    private List<LoopMember> spare = new ArrayList<>();

    @Fixed("one for each open connection at most")
    private List<LoopMember> stalled = new ArrayList<>();

    @Fixed("one for each open connection at most")
    private final ArrayDeque<LoopMember> goingOn = new ArrayDeque<>();

    private final LatencyCounts acknowledgements = new LatencyCounts();
    private boolean goesOn;
    private boolean flushing;
    private final HeadParser heads = new HeadParser();
    private final MemoryBudget unfinished;
    private final MemoryBudget unsent;
    private final Relief unfinishedRelief;
    private final Relief unsentRelief;
    private long dateSecond = Long.MIN_VALUE;

    @Fixed("a date")
    private byte[] date = {};

    private boolean draining;
    private long lastSweep;
    private boolean behind;
    private volatile Limits limits;
    private volatile String suspicion;

    public LoopState(EventLoop executor, InstantSource clock, Limits limits, int loops) {
        this.executor = executor;
        this.limits = limits;
        this.clock = clock;
        this.steady = SteadyClock.of(clock);
        this.scratch = new byte[limits.bodyBytes()];
        this.unfinished = new MemoryBudget(limits.unfinishedBytes() / loops);
        this.unsent = new MemoryBudget(limits.unsentBytes() / loops);
        this.unfinishedRelief = new Relief(unfinished, LoopMember::unfinishedBytes, LoopMember::unfinished, c -> false);
        this.unsentRelief = new Relief(unsent, LoopMember::unsentBytes, LoopMember::unsent, LoopMember::readsNothing);
        this.wakeUp = new BatchWakeUp(executor, this::flush);
    }

    /** Why its clients may not be told apart, for people; or null. Any thread. */
    public String suspicion() {
        return suspicion;
    }

    /** There is a reason to think that clients cannot be told apart, or (null) none any more. */
    public void suspect(String why) {
        suspicion = why;
    }

    /** How long beacons have waited for their answers. */
    public LatencyCounts acknowledgements() {
        return acknowledgements;
    }

    /** What a connection that is made now may use. Any thread. */
    public Limits limits() {
        return limits;
    }

    /** Other limits for the connections to come. Any thread. */
    public void setLimits(Limits next) {
        limits = next;
    }

    public EventLoop executor() {
        return executor;
    }

    public BatchWakeUp wakeUp() {
        return wakeUp;
    }

    /** UTC milliseconds. */
    public long time() {
        return clock.millis();
    }

    /** Milliseconds that never go back, for deadlines and limits. */
    public long now() {
        return steady.millis();
    }

    /** For a body that is used up before the next one is read. */
    byte[] scratch() {
        return scratch;
    }

    public boolean draining() {
        return draining;
    }

    public void drain() {
        draining = true;
        List.copyOf(connections).forEach(LoopMember::closeIfQuiet);
    }

    public void closeAll() {
        List.copyOf(connections).forEach(LoopMember::abort);
    }

    /** Whether no connection waits for an answer. */
    public boolean quiet() {
        return connections.stream().noneMatch(LoopMember::waiting);
    }

    public int connections() {
        return connections.size();
    }

    void opened(LoopMember connection) {
        connections.add(connection);
    }

    void closed(LoopMember connection) {
        connections.remove(connection);
    }

    /**
     * Remembers a receipt for its deadline; deadlines come in order, because they are all equally far, and answers nearly
     * so. Those that were answered go at once: each holds its connection.
     */
    public void await(PendingResponse pending) {
        while (!unconfirmed.isEmpty() && unconfirmed.peek().answered()) {
            unconfirmed.poll();
        }
        unconfirmed.add(pending);
    }

    /** What reads heads. */
    HeadParser heads() {
        return heads;
    }

    /** Memory for requests that are not whole or not answered. */
    MemoryBudget unfinished() {
        return unfinished;
    }

    /** Memory for answers that are not sent. */
    MemoryBudget unsent() {
        return unsent;
    }

    /**
     * Takes memory for a request that is not whole: an eighth is left for those that are. If there is too little, others
     * who have finished nothing let go first, so that whoever comes last is not the one to go.
     */
    boolean takeUnfinished(MemoryBudget.Share share, long bytes) {
        long kept = unfinished.limit() / 8;
        return unfinished.take(share, bytes, kept)
                || unfinishedRelief.helps(connections, share, bytes, kept, now())
                        && unfinished.take(share, bytes, kept);
    }

    /** Whether a share may have so many bytes more of answers; who reads least lets go for it. */
    boolean hasRoom(MemoryBudget.Share share, long bytes) {
        return unsent.room(share) >= bytes
                || unsentRelief.helps(connections, share, bytes, 0, now()) && unsent.room(share) >= bytes;
    }

    /** Takes memory for an answer, as {@link #takeUnfinished} does for a request. */
    boolean takeUnsent(MemoryBudget.Share share, long bytes) {
        return hasRoom(share, bytes) && unsent.take(share, bytes, 0);
    }

    /** Bytes held of requests that are not whole or not answered. Any thread. */
    public long unfinishedBytes() {
        return unfinished.used();
    }

    /** Bytes held of answers that are not sent. Any thread. */
    public long unsentBytes() {
        return unsent.used();
    }

    /** Notes that a connection has answers for which there is no room now. */
    void stalled(LoopMember connection) {
        stalled.add(connection);
    }

    /** Notes that a connection may have answers to write. */
    void touch(LoopMember connection) {
        touched.add(connection);
    }

    /** Notes that a connection has more to write or to read, which others need not wait for. */
    void goOnLater(LoopMember connection) {
        goingOn.add(connection);
        goOnSoon();
    }

    /** After what has come meanwhile has been read: a scheduled task waits for the loop's next look at its sockets. */
    private void goOnSoon() {
        if (!goesOn) {
            goesOn = true;
            executor.schedule(this::goOn, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void goOn() {
        goesOn = false;
        long end = System.nanoTime() + SLICE_NANOS;
        for (int i = goingOn.size(); i > 0 && System.nanoTime() - end < 0; i--) {
            goingOn.poll().goOn();
        }
        if (!goingOn.isEmpty()) {
            goOnSoon();
        }
    }

    /** Writes what has become ready, and what becomes so meanwhile. */
    void flush() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            while (!touched.isEmpty()) {
                List<LoopMember> ready = touched;
                touched = spare;
                for (LoopMember connection : ready) {
                    connection.writeReady();
                }
                ready.clear();
                spare = ready;
            }
        } finally {
            flushing = false;
        }
    }

    /** Looks after deadlines; called several times a second. */
    public void tick() {
        long now = now();
        while (!unconfirmed.isEmpty() && unconfirmed.peek().expire(now)) {
            unconfirmed.poll();
        }
        List<LoopMember> waiting = stalled;
        stalled = new ArrayList<>();
        waiting.forEach(LoopMember::goOnLater);
        unfinishedRelief.tick(connections);
        unsentRelief.tick(connections);
        if (behind || now - lastSweep >= SWEEP_MILLIS || now < lastSweep) {
            lastSweep = now;
            behind = sweep(now);
        }
        flush();
    }

    /** Closes some connections on which nothing happens: of the network that has most first, and there the oldest. */
    public void closeQuiet(int count) {
        Relief.first(connections, LoopMember::isQuiet, QUIET).stream()
                .limit(count)
                .forEach(LoopMember::abort);
    }

    /** Ends what is over its time, but not too many at once: the others wait meanwhile. Answers whether some are left. */
    private boolean sweep(long now) {
        int ended = 0;
        for (LoopMember connection : List.copyOf(connections)) {
            if (connection.checkDeadlines(now) && ++ended == ENDED_AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    /** The Date header of this second. */
    byte[] date() {
        long second = Math.floorDiv(time(), 1000L);
        if (second != dateSecond) {
            dateSecond = second;
            date = ("date: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return date;
    }
}
