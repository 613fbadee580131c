package io.millrace.perf.load;

import io.millrace.perf.load.Work.Exchange;
import io.millrace.perf.net.Tls;
import io.millrace.perf.net.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
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

    /** One keep-alive connection with at most one request on it. Used by the client's thread. */
    static final class Connection {
        enum State {
            CLOSED,
            CONNECTING,
            IDLE,
            BUSY
        }

        /** Whose it is. */
        final Lane lane;

        final Exchange exchange;
        final Response response = new Response();
        State state = State.CLOSED;
        /** When it began to connect. */
        long begun;

        private Wire wire;
        private boolean secure;
        private boolean writing;

        Connection(Lane lane, int capacity) {
            this.lane = lane;
            this.exchange = new Exchange(capacity);
        }

        void connect(Selector selector, InetSocketAddress to, Tls tls, long now) throws IOException {
            SocketChannel socket = SocketChannel.open();
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            wire = new Wire(socket, tls);
            secure = tls != null;
            state = State.CONNECTING;
            begun = now;
            if (wire.connect(selector, to, this)) {
                state = State.IDLE;
            }
        }

        /** Called when the key is ready; throws when the server refused. */
        void establish() throws IOException {
            if (wire.establish()) {
                state = State.IDLE;
            }
        }

        /** Starts to send the exchange's request. */
        void send(long now) throws IOException {
            state = State.BUSY;
            exchange.sent = now;
            response.reset();
            write();
        }

        /** Writes what is left of the request. */
        void write() throws IOException {
            boolean left = !wire.write(exchange.request);
            if (left != writing) {
                writing = left;
                wire.want(true, left);
            }
        }

        /** Whether a part of the request has not left yet. */
        boolean writing() {
            return writing;
        }

        /** Reads once; returns how many bytes, or -1 when the server has closed. */
        int read(ByteBuffer to) throws IOException {
            to.clear();
            return wire.read(to);
        }

        /** Whether there may be more than one reading gives. */
        boolean keepsBack() {
            return secure && state != State.CLOSED;
        }

        void close() {
            state = State.CLOSED;
            writing = false;
            try {
                if (wire != null) {
                    wire.close();
                }
            } catch (IOException e) {
                // Nothing that was promised hangs on a socket's close.
                state = State.CLOSED;
            }
        }
    }
}
