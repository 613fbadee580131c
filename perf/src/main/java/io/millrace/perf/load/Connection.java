package io.millrace.perf.load;

import io.millrace.perf.load.Work.Exchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection with at most one request on it. */
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
    private SocketChannel channel;
    private SelectionKey key;

    Connection(Lane lane, int capacity) {
        this.lane = lane;
        this.exchange = new Exchange(capacity);
    }

    void connect(Selector selector, InetSocketAddress to) throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        state = State.CONNECTING;
        boolean connected = channel.connect(to);
        key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        state = connected ? State.IDLE : State.CONNECTING;
    }

    /** Called when the key is connectable; throws when the server refused. */
    void finishConnect() throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        state = State.IDLE;
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
        ByteBuffer request = exchange.request;
        channel.write(request);
        int wanted = request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Reads once; returns how many bytes, or -1 when the server has closed. */
    int read(ByteBuffer to) throws IOException {
        to.clear();
        return channel.read(to);
    }

    void close() {
        state = State.CLOSED;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing that was promised hangs on a socket's close.
            state = State.CLOSED;
        }
    }
}
