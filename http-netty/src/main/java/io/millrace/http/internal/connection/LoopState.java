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
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the connections of one event loop share. Used on that loop only, but for {@link #wakeUp()}. */
public final class LoopState {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** How often all connections are looked at. */
    private static final long SWEEP_MILLIS = 500;

    private static final int ENDED_AT_ONCE = 64;
    private static final int CLOSED_AT_ONCE = 512;

    /** After looking in vain for connections that could let go, the next look is so much later: it goes through all. */
    private static final long RELIEF_MILLIS = 10;

    private final EventLoop executor;
    private final InstantSource clock;
    private final InstantSource steady;
    private final byte[] scratch;
    private final BatchWakeUp wakeUp;

    @Fixed("as many as ConnectionLimiter lets in")
    private final Set<Connection> connections = new LinkedHashSet<>();

    @Fixed("beacons in flight, which the ring bounds")
    private final ArrayDeque<PendingResponse> unconfirmed = new ArrayDeque<>();

    @Fixed("one for each open connection at most")
    private List<Connection> touched = new ArrayList<>();

    @Fixed("one for each open connection at most")
    private List<Connection> spare = new ArrayList<>();

    @Fixed("one for each open connection at most")
    private List<Connection> stalled = new ArrayList<>();

    private boolean flushing;
    private final HeadParser heads = new HeadParser();
    private final MemoryBudget unfinished;
    private final MemoryBudget unsent;
    private long dateSecond = Long.MIN_VALUE;
    private byte[] date = {};
    private boolean draining;
    private long lastSweep;
    private long relievedInVainAt = Long.MIN_VALUE / 2;
    private boolean behind;

    public LoopState(EventLoop executor, InstantSource clock, Limits limits, int loops) {
        this.executor = executor;
        this.clock = clock;
        this.steady = SteadyClock.of(clock);
        this.scratch = new byte[limits.bodyBytes()];
        this.unfinished = new MemoryBudget(limits.unfinishedBytes() / loops);
        this.unsent = new MemoryBudget(limits.unsentBytes() / loops);
        this.wakeUp = new BatchWakeUp(executor, this::flush);
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
        List.copyOf(connections).forEach(Connection::closeIfQuiet);
    }

    public void closeAll() {
        List.copyOf(connections).forEach(Connection::abort);
    }

    /** Whether no connection waits for an answer. */
    public boolean quiet() {
        return connections.stream().noneMatch(Connection::waiting);
    }

    public int connections() {
        return connections.size();
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /** Remembers a receipt for its deadline; deadlines come in order, because they are all equally far. */
    public void await(PendingResponse pending) {
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
        if (unfinished.take(share, bytes, kept)) {
            return true;
        }
        if (!unfinished.mayHold(share, bytes) || now() - relievedInVainAt < RELIEF_MILLIS) {
            return false;
        }
        relieveUnfinished(share);
        boolean taken = unfinished.take(share, bytes, kept);
        if (!taken) {
            relievedInVainAt = now();
        }
        return taken;
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
    void stalled(Connection connection) {
        stalled.add(connection);
    }

    /** Notes that a connection may have answers to write. */
    void touch(Connection connection) {
        touched.add(connection);
    }

    /** Writes what has become ready, and what becomes so meanwhile. */
    void flush() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            while (!touched.isEmpty()) {
                List<Connection> ready = touched;
                touched = spare;
                for (Connection connection : ready) {
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
        List<Connection> waiting = stalled;
        stalled = new ArrayList<>();
        waiting.forEach(Connection::touch);
        relieve();
        if (behind || now - lastSweep >= SWEEP_MILLIS || now < lastSweep) {
            lastSweep = now;
            behind = sweep(now);
        }
        flush();
    }

    /** Closes connections on which nothing happens: of the network that has most first, and there the oldest. */
    public void closeQuiet(int count) {
        connections.stream()
                .filter(Connection::isQuiet)
                .sorted(Comparator.comparingInt(Connection::ofItsNetwork)
                        .reversed()
                        .thenComparingLong(Connection::quietSince))
                .limit(count)
                .toList()
                .forEach(Connection::abort);
    }

    /** When nearly all memory is held, the network that holds most of it has to let go first. */
    private void relieve() {
        if (unfinished.pressed()) {
            relieveUnfinished(null);
        }
        if (unsent.pressed()) {
            drop(
                    unsent,
                    connections.stream(),
                    Connection::unsentBytes,
                    c -> c.unsent().held());
        }
    }

    private void relieveUnfinished(MemoryBudget.Share except) {
        Stream<Connection> others = connections.stream().filter(c -> c.unfinished() != except);
        drop(
                unfinished,
                others,
                Connection::unfinishedBytes,
                c -> c.unfinished().held());
    }

    /** Ends those who hold most, among equals the oldest, until half is free. */
    private static void drop(
            MemoryBudget budget,
            Stream<Connection> from,
            ToLongFunction<Connection> own,
            ToLongFunction<Connection> network) {
        List<Connection> holders = from.filter(c -> own.applyAsLong(c) > 0)
                .sorted(Comparator.comparingLong(network).thenComparingLong(own).reversed())
                .limit(CLOSED_AT_ONCE)
                .toList();
        for (Connection holder : holders) {
            if (budget.used() <= budget.limit() / 2) {
                return;
            }
            holder.drop();
        }
    }

    /** Ends what is over its time, but not too many at once: the others wait meanwhile. Answers whether some are left. */
    private boolean sweep(long now) {
        int ended = 0;
        for (Connection connection : List.copyOf(connections)) {
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
