package io.millrace.perf.load;

import io.millrace.perf.load.Lane.Connection;
import io.millrace.perf.load.Work.Failure;
import io.millrace.perf.net.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** An HTTP client for many connections on one thread; what it sends and measures is its lanes' business. */
public final class Client implements AutoCloseable {
    private static final int READ_BUFFER = 256 * 1024;
    private static final long RECONNECT_NANOS = Duration.ofMillis(20).toNanos();
    private static final long SWEEP_NANOS = Duration.ofMillis(100).toNanos();
    /**
     * How long the open model sleeps between looks. It adds half of this to a latency twice, on sending and on receiving;
     * with 0.1 ms the looking alone took a third of a processor from the server at 10,000 requests a second.
     */
    private static final long SHORT_WAIT_NANOS = 250_000;

    private final InetSocketAddress server;
    private final Tls tls;
    private final long timeoutNanos;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER);
    private final byte[] bytes = new byte[READ_BUFFER];
    private final List<Lane> lanes = new ArrayList<>();
    private long nextSweep;
    private String problem;

    /** @param timeout how long an answer may take before its connection is closed */
    public Client(InetSocketAddress server, Duration timeout) throws IOException {
        this(server, null, timeout);
    }

    /**
     * @param tls null: plain
     * @param timeout how long an answer may take before its connection is closed
     */
    public Client(InetSocketAddress server, Tls tls, Duration timeout) throws IOException {
        this.server = server;
        this.tls = tls;
        this.timeoutNanos = timeout.toNanos();
        this.selector = Selector.open();
    }

    /**
     * Adds work with connections of its own.
     *
     * @param capacity bytes of the largest request
     */
    public void add(Work work, int connections, int capacity) {
        lanes.add(new Lane(work, connections, capacity));
    }

    /** Works until all lanes have finished and their answers have come. */
    public void run() throws IOException {
        for (long now = System.nanoTime(); !done(now); now = System.nanoTime()) {
            for (Lane lane : lanes) {
                connect(lane, now);
                send(lane, now);
            }
            await(now);
            sweep(System.nanoTime());
        }
    }

    private boolean done(long now) {
        for (Lane lane : lanes) {
            if (!lane.done(now)) {
                return false;
            }
        }
        return true;
    }

    private void connect(Lane lane, long now) throws IOException {
        if (now < lane.reconnectAt || lane.work.finished(now)) {
            return;
        }
        if (lane.work.fresh()) {
            connectOne(lane, now);
            return;
        }
        lane.reconnectAt = Long.MAX_VALUE;
        for (Connection connection : lane.connections) {
            if (connection.state == Connection.State.CLOSED) {
                connect(connection, now);
            }
        }
    }

    /** For a request that is due: connections are made one after the other, and not in advance. */
    private void connectOne(Lane lane, long now) {
        if (lane.work.due(now) > now || !lane.idle.isEmpty()) {
            return;
        }
        lane.reconnectAt = now + RECONNECT_NANOS;
        for (Connection connection : lane.connections) {
            if (connection.state == Connection.State.CLOSED) {
                connect(connection, now);
                return;
            }
        }
    }

    private void connect(Connection connection, long now) {
        try {
            connection.connect(selector, server, tls, now);
            idleIfConnected(connection);
        } catch (IOException refused) {
            lost(connection, Failure.CONNECT, refused);
        }
    }

    private static void idleIfConnected(Connection connection) {
        if (connection.state == Connection.State.IDLE) {
            connection.lane.idle.add(connection);
        }
    }

    private void send(Lane lane, long now) {
        while (!lane.idle.isEmpty() && !lane.work.finished(now) && lane.work.due(now) <= now) {
            Connection connection = lane.idle.poll();
            lane.work.fill(connection.exchange, now);
            lane.busy++;
            try {
                connection.send(now);
            } catch (IOException e) {
                lost(connection, Failure.RESET, e);
            }
        }
    }

    /** Waits for answers, but not past the next moment something is due. */
    private void await(long now) throws IOException {
        long wait = nextDue(now) - now;
        if (wait <= 0) {
            selector.selectNow(this::ready);
        } else if (wait > 2_000_000) {
            selector.select(this::ready, wait / 1_000_000 - 1);
        } else {
            LockSupport.parkNanos(SHORT_WAIT_NANOS);
            selector.selectNow(this::ready);
        }
    }

    private long nextDue(long now) {
        long next = now + SWEEP_NANOS;
        for (Lane lane : lanes) {
            if (!lane.idle.isEmpty()) {
                next = Math.min(next, lane.work.due(now));
            }
            if (!lane.work.finished(now)) {
                next = Math.min(next, lane.work.fresh() ? lane.freshAt(now) : lane.reconnectAt);
            }
        }
        return next;
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection.state == Connection.State.CONNECTING) {
                connection.establish();
                idleIfConnected(connection);
                return;
            }
            if (connection.writing()) {
                connection.write();
            }
            if (key.isReadable()) {
                read(connection);
            }
        } catch (IOException e) {
            lost(connection, connection.state == Connection.State.CONNECTING ? Failure.CONNECT : Failure.RESET, e);
        }
    }

    private void read(Connection connection) throws IOException {
        int n;
        do {
            n = connection.read(in);
            if (n < 0) {
                ended(connection);
            } else if (n > 0) {
                take(connection, n);
            }
        } while (n > 0 && connection.keepsBack());
    }

    private void ended(Connection connection) {
        if (connection.state == Connection.State.BUSY && connection.response.endsHere()) {
            answered(connection);
        } else {
            lost(connection, Failure.RESET, null);
        }
    }

    private void take(Connection connection, int n) {
        if (connection.state != Connection.State.BUSY) {
            lost(connection, Failure.RESET, null);
            return;
        }
        in.flip();
        in.get(bytes, 0, n);
        Response response = connection.response;
        int end = response.feed(bytes, 0, n);
        if (response.broken() || end < n) {
            lost(connection, Failure.RESET, null);
        } else if (response.done() || response.hasHead() && connection.lane.work.endsWithHead()) {
            answered(connection);
        }
    }

    private void answered(Connection connection) {
        Lane lane = connection.lane;
        lane.busy--;
        connection.state = Connection.State.IDLE;
        lane.work.answered(connection.exchange, connection.response, System.nanoTime());
        if (connection.response.mustClose() || lane.work.endsWithHead()) {
            connection.close();
            lane.reconnectAt = Long.MIN_VALUE;
        } else {
            lane.idle.add(connection);
        }
    }

    /** Closes a connection that failed, tells the work what it cost, and plans another. */
    private void lost(Connection connection, Failure failure, IOException cause) {
        problem = cause == null ? problem : cause.getMessage();
        Lane lane = connection.lane;
        Connection.State before = connection.state;
        connection.close();
        long now = System.nanoTime();
        lane.reconnectAt = Math.min(lane.reconnectAt, now + RECONNECT_NANOS);
        if (before == Connection.State.BUSY) {
            lane.busy--;
            lane.work.broken(connection.exchange, failure, now);
        } else if (before == Connection.State.IDLE) {
            lane.idle.remove(connection);
        } else {
            lane.work.broken(null, Failure.CONNECT, now);
        }
    }

    private void sweep(long now) {
        if (now < nextSweep) {
            return;
        }
        nextSweep = now + SWEEP_NANOS;
        for (Lane lane : lanes) {
            for (Connection connection : lane.connections) {
                if (connection.state == Connection.State.BUSY && now - connection.exchange.sent > timeoutNanos) {
                    lost(connection, Failure.TIMEOUT, null);
                } else if (connection.state == Connection.State.CONNECTING && now - connection.begun > timeoutNanos) {
                    lost(connection, Failure.CONNECT, null);
                }
            }
        }
    }

    /** What the last connection failed of that gave a reason, or null. */
    public String problem() {
        return problem;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        for (Lane lane : lanes) {
            lane.connections.forEach(Connection::close);
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
