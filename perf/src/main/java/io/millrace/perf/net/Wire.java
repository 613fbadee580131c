package io.millrace.perf.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/** A connection that never blocks, plain or over TLS, watched by one selector. Not thread-safe. */
public final class Wire implements Closeable {
    private final SocketChannel socket;
    private final TlsChannel tls;
    private final ByteChannel bytes;
    private SelectionKey key;
    private int wanted = SelectionKey.OP_READ;
    private int needed;

    /**
     * @param socket with the options it shall have, not connected yet; belongs to this wire from now on
     * @param tls null: plain
     */
    public Wire(SocketChannel socket, Tls tls) {
        this.socket = socket;
        this.tls = tls == null
                ? null
                : ClientTlsChannel.newBuilder(socket, tls.engine()).build();
        this.bytes = tls == null ? socket : this.tls;
    }

    /**
     * Begins to connect.
     *
     * @param attachment of the selector's key
     * @return whether bytes may be sent already; else {@link #establish} is to be called when the key is ready
     */
    public boolean connect(Selector selector, InetSocketAddress to, Object attachment) throws IOException {
        socket.configureBlocking(false);
        boolean connected = socket.connect(to);
        key = socket.register(selector, connected ? wanted : SelectionKey.OP_CONNECT, attachment);
        return connected && establish();
    }

    /** Goes on connecting; whether bytes may be sent. */
    public boolean establish() throws IOException {
        if (socket.isConnectionPending() && !socket.finishConnect()) {
            return false;
        }
        needed = 0;
        if (tls != null && !shakenHands()) {
            key.interestOps(needed);
            return false;
        }
        watch();
        return true;
    }

    private boolean shakenHands() throws IOException {
        try {
            tls.handshake();
            return true;
        } catch (NeedsReadException later) {
            needed = SelectionKey.OP_READ;
        } catch (NeedsWriteException later) {
            needed = SelectionKey.OP_WRITE;
        }
        return false;
    }

    /** What to be woken for from now on. */
    public void want(boolean reads, boolean writes) {
        wanted = (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
        watch();
    }

    private void watch() {
        if (key.isValid() && key.interestOps() != (wanted | needed)) {
            key.interestOps(wanted | needed);
        }
    }

    /** Reads what is there: 0 when there is nothing, -1 at the end. To be called until it gives 0: TLS keeps bytes back. */
    public int read(ByteBuffer to) throws IOException {
        try {
            return bytes.read(to);
        } catch (NeedsReadException nothing) {
            return 0;
        } catch (NeedsWriteException later) {
            need(SelectionKey.OP_WRITE);
            return 0;
        }
    }

    /** Writes what can be written; whether all of it has left, sealed or not. To be called again until it has. */
    public boolean write(ByteBuffer from) throws IOException {
        try {
            bytes.write(from);
            need(0);
            return !from.hasRemaining();
        } catch (NeedsReadException later) {
            need(SelectionKey.OP_READ);
        } catch (NeedsWriteException later) {
            need(SelectionKey.OP_WRITE);
        }
        return false;
    }

    private void need(int operation) {
        needed = operation;
        watch();
    }

    /** Says that nothing more will be sent. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection at once, without a farewell of TLS. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
