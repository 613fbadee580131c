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

/** One keep-alive connection with at most one request on it. Used by the client's thread. */
final class Connection {
    enum State {
        CLOSED,
        CONNECTING,
        IDLE,
        BUSY
    }

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
