package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Routes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: requests come in by {@link RequestReader}, their answers leave here in the same order, whenever
 * they become ready and the client reads. Belongs to its event loop.
 */
public final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int HEAD_ROOM = 512;
    private static final int COPY_UP_TO = 4096;
    private static final int HAND_OVER_AT = 16 << 10;

    /** Bytes of an answer that are handed over at once. */
    private static final int PIECE = 32 << 10;

    /** The same while much is unread by others: who reads gets on by it, and who does not takes little. */
    private static final int SMALL_PIECE = 2 << 10;

    /** Bytes of answers that wait for their turn, from which on no further request is read: it would only wait behind them. */
    private static final int READY = 32 << 10;

    /** Bytes that who is not to be cut off reads in {@link Limits#requestTime()}. */
    private static final int PROGRESS = 64 << 10;

    /** Memory of a TLS handshake: the engine's buffers, keys and messages. */
    private static final int HANDSHAKE_BYTES = 64 << 10;

    /** Of the kernel for who has not read yet: it is copied full for each connection that asks for a file and never reads. */
    public static final int SEND_BUFFER = 32 << 10;

    /** The same while many have not read. */
    private static final int LEAST_SEND_BUFFER = 4 << 10;

    /** Of the kernel for who reads: left alone it would grow to megabytes, and hide whether he does. */
    private static final int MOST_SEND_BUFFER = 256 << 10;

    private static final long LINGER_MILLIS = 2_000;

    private final LoopState loop;
    private final ClientResolver clients;
    private final Limits limits;
    private final RequestReader reader;

    @Fixed("128 requests at most")
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>();

    private Channel channel;
    private BoundedSslHandler tls;
    private MemoryBudget.Share unfinished;
    private MemoryBudget.Share unsent;
    private boolean touched;
    private boolean stalled;
    private boolean watched;
    private int sendBuffer = SEND_BUFFER;
    private boolean began;
    private boolean ending;
    private boolean deaf;
    private boolean written;
    private Exchange sending;

    @Bounded("http_unfinished")
    private byte[] content = NOTHING;

    private int sent;
    private Exchange streaming;
    private long ready;
    private long turn;
    private long pending;
    private long passed;
    private int handshake;
    private long requestBy;
    private long idleBy;
    private long writeBy;
    private long lingerBy;

    public Connection(LoopState loop, Routes routes, ClientResolver clients, Limits limits, AccessLog log) {
        this.loop = loop;
        this.clients = clients;
        this.limits = limits;
        this.reader = new RequestReader(this, loop, routes, clients, limits, log);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        ClientResolver.Peer peer = clients.peer(((InetSocketAddress) channel.remoteAddress()).getAddress());
        boolean many = peer.trusted() || peer.direct().exempt();
        Long network = many ? null : peer.direct().rateKey();
        unfinished = loop.unfinished().join(network);
        unsent = loop.unsent().join(network);
        reader.from(peer, unfinished);
        tls = ctx.pipeline().get(BoundedSslHandler.class);
        if (tls != null) {
            handshake();
        }
        idleBy = loop.now() + limits.idleTime().toMillis();
        loop.opened(this);
    }

    /** Takes the memory of a TLS handshake, if there is any; it is given back when that has ended. */
    private void handshake() {
        if (loop.takeUnfinished(unfinished, HANDSHAKE_BYTES)) {
            handshake = HANDSHAKE_BYTES;
        } else {
            channel.close();
        }
    }

    private void endHandshake() {
        loop.unfinished().add(unfinished, -handshake);
        handshake = 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (tls != null) {
            tls.spoke();
        }
        try {
            if (!ending) {
                reader.read((ByteBuf) bytes);
                updateReading();
            }
        } finally {
            ReferenceCountUtil.release(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.flush();
    }

    /** Whether a further request may begin, or go on: not while too many wait for answers, or answers for the client. */
    boolean takes() {
        return !ending
                && queue.size() < limits.pipelined()
                && ready < READY
                && sending == null
                && pending == 0
                && channel.isWritable();
    }

    /** Takes a request's place in the order of answers. */
    void enqueue(Exchange exchange) {
        queue.add(exchange);
        idleBy = 0;
    }

    /** Bytes of a request have come, and it is not whole yet. */
    void requestBegins() {
        if (requestBy == 0) {
            requestBy = loop.now() + limits.requestTime().toMillis();
        }
    }

    /** A request has arrived whole. */
    void requestDone() {
        requestBy = 0;
    }

    /** No further request of this connection will be answered. */
    void endReading() {
        ending = true;
        requestBy = 0;
    }

    /** Whether no further request will be answered. */
    boolean ended() {
        return ending;
    }

    /** Whether an answer has still to be written. */
    boolean holds(Exchange exchange) {
        return queue.contains(exchange);
    }

    /** Ends the connection as it stands. */
    void abort() {
        channel.close();
    }

    /**
     * Gives back its memory at once. It stays open and is not read until the time of its request is over: whoever is closed
     * on comes back at once. Only what it holds as long as it is open, a handshake or unread answers, closes it now.
     */
    void drop() {
        boolean holding = handshake > 0 || pending > 0 || requestBy == 0;
        lingerBy = requestBy;
        endReading();
        if (reader.abandon()) {
            free(queue.pollLast());
        }
        if (holding) {
            close();
        } else {
            deaf = true;
            updateReading();
        }
    }

    /** At once: its end is told later, and a TLS goodbye may take seconds. */
    private void close() {
        endHandshake();
        loop.unsent().add(unsent, -pending);
        pending = 0;
        channel.unsafe().close(channel.newPromise());
    }

    Executor executor() {
        return loop.executor();
    }

    void flush() {
        loop.flush();
    }

    /** An answer is ready. */
    void answered(Exchange exchange) {
        ready += exchange.content().length;
        touch();
    }

    /** Has its answers looked at with the next ones that are written. */
    void touch() {
        if (!touched) {
            touched = true;
            loop.touch(this);
        }
    }

    /** Has its answers looked at when others have been read. */
    void goOnLater() {
        if (!touched) {
            touched = true;
            loop.goOnLater(this);
        }
    }

    /** Takes memory for a whole request that waits for its answer. */
    boolean takeForRequest(long bytes) {
        return loop.unfinished().take(unfinished, bytes, 0);
    }

    /** Takes memory for an answer that waits for its turn. */
    boolean takeForAnswer(long bytes) {
        return loop.unsent().take(unsent, bytes, 0);
    }

    private void free(Exchange exchange) {
        loop.unfinished().add(unfinished, -exchange.requestBytes());
        loop.unsent().add(unsent, -exchange.answerBytes());
    }

    /** Writes the answers that are ready, as far as none before them is missing, in one go; and reads on. */
    void writeReady() {
        touched = false;
        stalled = false;
        if (!channel.isActive() || written) {
            return;
        }
        long bytes = pending == 0 || !loop.unsent().pressed() ? writeAnswers() : 0;
        boolean wrote = bytes > 0;
        Exchange next = queue.peek();
        if (sending == null && next != null && next.wantsContinue() && !written) {
            next.endContinue();
            hand(Unpooled.wrappedBuffer(CONTINUE));
            wrote = true;
        }
        if (wrote) {
            channel.flush();
            measure();
            afterWrite();
        }
        if (written) {
            return;
        }
        if (wrote && pending == 0 && (sending != null || isReady(queue.peek()))) {
            goOn(bytes);
        } else {
            turn = 0;
        }
        reader.resume();
        updateReading();
    }

    /** The client has read everything, and there is more: at once, or after others when it had much. */
    private void goOn(long bytes) {
        turn += bytes;
        if (turn < PIECE) {
            touch();
        } else {
            turn = 0;
            goOnLater();
        }
    }

    /** Answers how many bytes it wrote, or somewhat more. */
    private long writeAnswers() {
        ByteBuf out = null;
        long bytes = 0;
        long most = atOnce();
        while (bytes < most && !written && channel.isWritable() && (sending != null || isReady(queue.peek()))) {
            int piece = (int) Math.min(most - bytes, PIECE);
            if (!loop.hasRoom(unsent, piece)) {
                stall();
                break;
            }
            out = out == null ? channel.alloc().buffer(HEAD_ROOM) : out;
            if (sending == null) {
                begin(queue.poll(), out);
            }
            int count = Math.min(piece, content.length - sent);
            bytes += HEAD_ROOM + count;
            out = write(out, count);
        }
        if (out != null) {
            hand(out);
        }
        return bytes;
    }

    /** Bytes that are written at once: few to many who have not read yet, and to all while much is unread. */
    private long atOnce() {
        boolean crowded = loop.unsent().crowded();
        if (crowded && !began && isReady(queue.peek())) {
            sendBuffer(LEAST_SEND_BUFFER);
        }
        began = true;
        return crowded && sendBuffer <= SEND_BUFFER || loop.unsent().pressed() ? SMALL_PIECE : Long.MAX_VALUE;
    }

    private static boolean isReady(Exchange next) {
        return next != null && next.ready();
    }

    /** Too much is unread: it goes on when there is room again. */
    private void stall() {
        stalled = true;
        writeBegins();
        loop.stalled(this);
    }

    private void begin(Exchange exchange, ByteBuf out) {
        exchange.writeHead(out, loop.date());
        sending = exchange;
        content = exchange.content();
        ready -= content.length;
        sent = 0;
        reader.log(exchange);
    }

    /**
     * Writes a piece of the answer that is being sent behind what waits in {@code out}.
     *
     * @return what still waits, or null: it was enough to hand to the channel, which says when it has too much
     */
    private ByteBuf write(ByteBuf out, int count) {
        ByteBuf waits = out;
        if (count <= COPY_UP_TO) {
            out.writeBytes(content, sent, count);
        } else {
            hand(out);
            hand(Unpooled.wrappedBuffer(content, sent, count));
            waits = null;
        }
        sent += count;
        if (sent == content.length) {
            end();
        }
        if (waits != null && waits.readableBytes() >= HAND_OVER_AT) {
            hand(waits);
            waits = null;
        }
        return waits;
    }

    private void end() {
        written = sending.last();
        streaming = sending.streaming() ? sending : null;
        lingerBy = sending.lingering() ? loop.now() + LINGER_MILLIS : 0;
        free(sending);
        sending = null;
        content = NOTHING;
    }

    /** A promise of its own for each write: of the shared one, a write that fails for want of memory tells nobody. */
    private void hand(ByteBuf bytes) {
        channel.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Counts what the client has not read yet, as far as it is in this process. */
    private void measure() {
        long now = pendingWrites();
        if (now > 0 && !watched) {
            // Done when all before it is; but it still counts itself while it tells so.
            watched = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(done -> executor().execute(this::drained));
            now = pendingWrites();
        }
        if (now == pending) {
            return;
        }
        loop.unsent().add(unsent, now - pending);
        passed += Math.max(0, pending - now);
        pending = now;
        if (now == 0 && !stalled) {
            writeBy = 0;
        } else {
            writeBegins();
        }
    }

    private long pendingWrites() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** The client has read what it had not. */
    private void drained() {
        watched = false;
        if (channel.isActive()) {
            if (sendBuffer < MOST_SEND_BUFFER) {
                sendBuffer(sendBuffer * 2);
            }
            measure();
            touch();
            loop.flush();
        }
    }

    private void sendBuffer(int bytes) {
        sendBuffer = bytes;
        channel.config().setOption(ChannelOption.SO_SNDBUF, bytes);
    }

    private void writeBegins() {
        if (writeBy == 0) {
            writeBy = loop.now() + limits.requestTime().toMillis();
            passed = 0;
        }
    }

    private void afterWrite() {
        if (!written) {
            idleBy = queue.isEmpty() && sending == null
                    ? loop.now() + limits.idleTime().toMillis()
                    : 0;
            return;
        }
        clear();
        endReading();
        if (streaming != null) {
            return;
        }
        boolean linger = lingerBy != 0 && tls == null;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(linger ? this::shutOutput : ChannelFutureListener.CLOSE);
    }

    private void clear() {
        queue.forEach(this::free);
        queue.clear();
        ready = 0;
    }

    /** The client may still be sending: closing now could destroy the answer before it is read. */
    private void shutOutput(io.netty.util.concurrent.Future<? super Void> done) {
        if (channel instanceof DuplexChannel duplex && done.isSuccess()) {
            duplex.shutdownOutput();
            channel.config().setAutoRead(true);
        } else {
            channel.close();
        }
    }

    /** Where the bytes of a stream go. */
    Reply.Stream stream(Exchange exchange) {
        return bytes -> push(exchange, bytes);
    }

    private void push(Exchange exchange, byte[] bytes) {
        if (streaming != exchange) {
            return;
        }
        // No bytes: the API has ended the stream.
        if (bytes.length > 0 && channel.isWritable() && loop.unsent().room(unsent) >= bytes.length) {
            hand(Unpooled.wrappedBuffer(bytes));
            channel.flush();
            measure();
        } else {
            channel.close();
        }
    }

    private void updateReading() {
        boolean read = !deaf && (ending || takes());
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            endHandshake();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded();
        }
    }

    /** The client sends no more, but may still read. */
    private void inputEnded() {
        endReading();
        if (reader.abandon()) {
            free(queue.pollLast());
        }
        if (streaming != null || queue.isEmpty() && sending == null) {
            channel.close();
        } else if (queue.isEmpty()) {
            sending.close();
        } else {
            queue.peekLast().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.closed(this);
        reader.abandon();
        queue.forEach(Exchange::gone);
        clear();
        if (sending != null) {
            free(sending);
            sending = null;
            content = NOTHING;
        }
        if (streaming != null) {
            streaming.gone();
            streaming = null;
        }
        endHandshake();
        loop.unsent().add(unsent, -pending);
        pending = 0;
        loop.unsent().leave(unsent);
        loop.unfinished().leave(unfinished);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("connection closed", cause);
        }
        ctx.close();
    }

    /** Whether a request waits for its answer. */
    boolean waiting() {
        return !queue.isEmpty() || sending != null;
    }

    void closeIfQuiet() {
        if (isQuiet() || streaming != null) {
            channel.close();
        }
    }

    /** Whether nothing is on its way, in neither direction. */
    boolean isQuiet() {
        return queue.isEmpty() && sending == null && streaming == null && !reader.busy() && pending == 0;
    }

    /** Since when it has been quiet, for comparison with others. */
    long quietSince() {
        return idleBy;
    }

    /** Open connections of its network. */
    int ofItsNetwork() {
        return unfinished.connections();
    }

    /** Bytes of unfinished requests. */
    long unfinishedBytes() {
        return reader.bytes() + handshake;
    }

    /** Bytes of answers that the client does not read. */
    long unsentBytes() {
        return pending;
    }

    /** What its network holds of unfinished requests. */
    MemoryBudget.Share unfinished() {
        return unfinished;
    }

    /** What its network holds of answers. */
    MemoryBudget.Share unsent() {
        return unsent;
    }

    /** Ends what is over its time. Answers whether anything was. */
    boolean checkDeadlines(long now) {
        measure();
        boolean idle = isPast(idleBy, now) && isQuiet();
        if (idle || isPast(lingerBy, now) || isPast(writeBy, now) && !progresses(now)) {
            channel.close();
            return true;
        }
        if (isPast(requestBy, now) && !ending) {
            reader.tooSlow();
            return true;
        }
        return false;
    }

    /** A client that reads steadily, if slowly, gets as much time again. */
    private boolean progresses(long now) {
        boolean enough = passed >= PROGRESS && !stalled;
        if (enough) {
            writeBy = now + limits.requestTime().toMillis();
            passed = 0;
        }
        return enough;
    }

    private static boolean isPast(long deadline, long now) {
        return deadline != 0 && now >= deadline;
    }
}
