package io.millrace.perf.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections that do nothing, and connections that send a request so slowly that it never ends; whoever is thrown out
 * comes back. Runs on a thread of its own; its counts may be read from any thread.
 */
public final class Crowd implements Runnable, AutoCloseable {
    private static final byte[] REQUEST = ("POST /api/collect HTTP/1.1\r\nHost: slow\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 100000\r\n\r\n" + " ".repeat(4_000))
            .getBytes(StandardCharsets.US_ASCII);
    private static final int JOIN_AT_ONCE = 100;
    private static final long TICK_MILLIS = 100;
    private static final long DRIP_MILLIS = 1_000;

    private final InetSocketAddress address;
    private final int idle;
    private final int slow;
    private final Selector selector;
    private final Deque<Boolean> absent = new ArrayDeque<>();
    private volatile boolean ended;
    private volatile int present;
    private volatile long thrownOut;

    /** A connection: whether it is a slow one, and how much of its request it has sent. */
    private static final class Guest {
        private final boolean slow;
        private int sent;

        private Guest(boolean slow) {
            this.slow = slow;
        }
    }

    public Crowd(InetSocketAddress address, int idle, int slow) throws IOException {
        this.address = address;
        this.idle = idle;
        this.slow = slow;
        this.selector = Selector.open();
    }

    /** Connections open now. */
    public int present() {
        return present;
    }

    /** How often the server has closed one. */
    public long thrownOut() {
        return thrownOut;
    }

    @Override
    public void run() {
        for (int i = 0; i < idle + slow; i++) {
            absent.add(i < slow);
        }
        long drip = System.currentTimeMillis();
        try {
            while (!ended) {
                join();
                selector.select(TICK_MILLIS);
                listen();
                if (System.currentTimeMillis() - drip >= DRIP_MILLIS) {
                    drip = System.currentTimeMillis();
                    sendOneByteEach();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            selector.keys().forEach(key -> leave(key));
        }
    }

    private void join() throws IOException {
        for (int i = 0; i < JOIN_AT_ONCE && !absent.isEmpty(); i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Guest(absent.poll()));
            present++;
        }
    }

    private void listen() {
        ByteBuffer said = ByteBuffer.allocate(4_096);
        for (SelectionKey key : selector.selectedKeys()) {
            said.clear();
            int bytes = -1;
            try {
                bytes = ((SocketChannel) key.channel()).read(said);
            } catch (IOException gone) {
                // Counted below, as one who was thrown out.
            }
            if (bytes < 0) {
                absent.add(((Guest) key.attachment()).slow);
                leave(key);
                present--;
                thrownOut++;
            }
        }
        selector.selectedKeys().clear();
    }

    private void sendOneByteEach() {
        for (SelectionKey key : selector.keys()) {
            Guest guest = (Guest) key.attachment();
            if (key.isValid() && guest.slow && guest.sent < REQUEST.length) {
                try {
                    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(REQUEST, guest.sent++, 1));
                } catch (IOException gone) {
                    // Its key becomes readable, and says so.
                }
            }
        }
    }

    private static void leave(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
    }
}
