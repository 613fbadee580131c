package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the connections of one event loop share. Used on that loop only, but for {@link #wakeUp()}. */
public final class LoopState {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** How often all connections are looked at. */
    private static final long SWEEP_MILLIS = 500;

    private static final int ENDED_AT_ONCE = 64;

    private final EventLoop executor;
    private final InstantSource clock;
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

    private long bufferBudget;
    private long dateSecond = Long.MIN_VALUE;
    private byte[] date = {};
    private boolean draining;
    private long lastSweep;
    private boolean behind;

    public LoopState(EventLoop executor, InstantSource clock, int bodyBytes, long bufferBudget) {
        this.executor = executor;
        this.clock = clock;
        this.scratch = new byte[bodyBytes];
        this.bufferBudget = bufferBudget;
        this.wakeUp = new BatchWakeUp(executor, this::flush);
    }

    public EventLoop executor() {
        return executor;
    }

    public BatchWakeUp wakeUp() {
        return wakeUp;
    }

    /** UTC milliseconds. */
    public long now() {
        return clock.millis();
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

    /** Takes memory for bodies that have arrived in part, if there is any left. */
    boolean reserve(int bytes) {
        if (bytes > bufferBudget) {
            return false;
        }
        bufferBudget -= bytes;
        return true;
    }

    void release(int bytes) {
        bufferBudget += bytes;
    }

    /** Notes that a connection may have answers to write. */
    void touch(Connection connection) {
        touched.add(connection);
    }

    /** Writes what has become ready. */
    void flush() {
        List<Connection> ready = touched;
        touched = spare;
        for (Connection connection : ready) {
            connection.writeReady();
        }
        ready.clear();
        spare = ready;
    }

    /** Looks after deadlines; called several times a second. */
    public void tick() {
        long now = now();
        while (!unconfirmed.isEmpty() && unconfirmed.peek().expire(now)) {
            unconfirmed.poll();
        }
        if (behind || now - lastSweep >= SWEEP_MILLIS || now < lastSweep) {
            lastSweep = now;
            behind = sweep(now);
        }
        flush();
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
        long second = Math.floorDiv(now(), 1000L);
        if (second != dateSecond) {
            dateSecond = second;
            date = ("date: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return date;
    }
}
