package io.millrace.http.internal.connection;

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
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: from its first byte to its end, with its deadlines and its share of the memory. Requests come in by
 * {@link RequestReader}, their answers leave by {@link AnswerWriter} in the same order. Belongs to its event loop.
 */
public final class Connection extends ChannelInboundHandlerAdapter
        implements RequestReader.Owner, AnswerWriter.Owner, LoopMember {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Memory of a TLS handshake: the engine's buffers, keys and messages. */
    private static final int HANDSHAKE_BYTES = 64 << 10;

    /** Of the kernel for who has not read yet. */
    public static final int SEND_BUFFER = AnswerWriter.SEND_BUFFER;

    private static final long LINGER_MILLIS = 2_000;

    private final LoopState loop;
    private final ClientResolver clients;
    private final Limits limits;
    private final RequestReader reader;
    private final AnswerWriter writer;

    private Channel channel;
    private BoundedSslHandler tls;
    private MemoryBudget.Share unfinished;
    private int handshake;
    private boolean touched;
    private boolean inLine;
    private boolean ending;
    private boolean deaf;
    private long requestBy;
    private long idleBy;
    private long lingerBy;

    public Connection(LoopState loop, Routes routes, ClientResolver clients, Limits limits, AccessLog log) {
        this.loop = loop;
        this.clients = clients;
        this.limits = limits;
        this.reader = new RequestReader(this, loop, routes, clients, limits, log);
        this.writer = new AnswerWriter(this, loop, limits, log);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        ClientResolver.Peer peer = clients.peer(((InetSocketAddress) channel.remoteAddress()).getAddress());
        boolean many = peer.trusted() || peer.direct().exempt();
        Long network = many ? null : peer.direct().rateKey();
        unfinished = loop.unfinished().join(network);
        reader.from(peer, unfinished);
        writer.to(channel, loop.unsent().join(network));
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

    @Override
    public boolean takes() {
        return !ending && writer.takes();
    }

    @Override
    public void enqueue(Exchange exchange) {
        writer.enqueue(exchange);
        idleBy = 0;
    }

    @Override
    public void requestBegins() {
        if (requestBy == 0) {
            requestBy = loop.now() + limits.requestTime().toMillis();
        }
    }

    @Override
    public void requestDone() {
        requestBy = 0;
    }

    @Override
    public void endReading() {
        ending = true;
        requestBy = 0;
    }

    @Override
    public boolean ended() {
        return ending;
    }

    @Override
    public boolean holds(Exchange exchange) {
        return writer.holds(exchange);
    }

    @Override
    public void abort() {
        channel.close();
    }

    @Override
    public void drop() {
        boolean holding = handshake > 0 || writer.unread() > 0 || requestBy == 0;
        lingerBy = requestBy;
        endReading();
        if (reader.abandon()) {
            writer.dropLast();
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
        writer.forgetUnread();
        channel.unsafe().close(channel.newPromise());
    }

    @Override
    public Executor executor() {
        return loop.executor();
    }

    @Override
    public void flush() {
        loop.flush();
    }

    @Override
    public void answered(Exchange exchange) {
        writer.answered(exchange);
        touch();
    }

    @Override
    public void touch() {
        if (!touched) {
            touched = true;
            loop.touch(this);
        }
    }

    @Override
    public void stalled() {
        loop.stalled(this);
    }

    @Override
    public void goOnLater() {
        touched = true;
        awaitTurn();
    }

    @Override
    public void awaitTurn() {
        if (!inLine) {
            inLine = true;
            loop.goOnLater(this);
        }
    }

    @Override
    public void goOn() {
        inLine = false;
        reader.takeTurn();
        writeReady();
    }

    @Override
    public boolean takeForRequest(long bytes) {
        return loop.unfinished().take(unfinished, bytes, 0);
    }

    @Override
    public boolean takeForAnswer(long bytes) {
        return writer.takeMemory(bytes);
    }

    @Override
    public void freeRequest(long bytes) {
        loop.unfinished().add(unfinished, -bytes);
    }

    @Override
    public void writeReady() {
        touched = false;
        if (writer.write()) {
            reader.resume();
            updateReading();
        }
    }

    @Override
    public void lingers(boolean sending) {
        lingerBy = sending ? loop.now() + LINGER_MILLIS : 0;
    }

    @Override
    public void wrote(boolean all) {
        idleBy = all ? loop.now() + limits.idleTime().toMillis() : 0;
    }

    @Override
    public void lastWritten(boolean goesOn) {
        endReading();
        if (goesOn) {
            return;
        }
        boolean linger = lingerBy != 0 && tls == null;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(linger ? this::shutOutput : ChannelFutureListener.CLOSE);
    }

    /** Closing now could destroy the answer before it is read. */
    private void shutOutput(Future<? super Void> done) {
        if (channel instanceof DuplexChannel duplex && done.isSuccess()) {
            duplex.shutdownOutput();
            channel.config().setAutoRead(true);
        } else {
            channel.close();
        }
    }

    @Override
    public Reply.Stream stream(Exchange exchange) {
        return bytes -> writer.push(exchange, bytes);
    }

    private void updateReading() {
        boolean read = !deaf && (ending || takes() && !reader.pausing());
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
            writer.dropLast();
        }
        if (!writer.endWithLast()) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.closed(this);
        reader.abandon();
        writer.gone();
        endHandshake();
        loop.unfinished().leave(unfinished);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("connection closed", cause);
        }
        ctx.close();
    }

    @Override
    public boolean waiting() {
        return writer.waiting();
    }

    @Override
    public void closeIfQuiet() {
        if (isQuiet() || writer.streams()) {
            channel.close();
        }
    }

    @Override
    public boolean isQuiet() {
        return writer.isQuiet() && !reader.busy();
    }

    @Override
    public long quietSince() {
        return idleBy;
    }

    @Override
    public int ofItsNetwork() {
        return unfinished.connections();
    }

    @Override
    public long unfinishedBytes() {
        return reader.bytes() + handshake;
    }

    @Override
    public long unsentBytes() {
        return writer.unread();
    }

    @Override
    public boolean readsNothing() {
        return writer.readsNothing();
    }

    @Override
    public MemoryBudget.Share unfinished() {
        return unfinished;
    }

    @Override
    public MemoryBudget.Share unsent() {
        return writer.share();
    }

    @Override
    public boolean checkDeadlines(long now) {
        writer.measure();
        boolean idle = isPast(idleBy, now) && isQuiet();
        if (idle || isPast(lingerBy, now) || writer.isLate(now)) {
            channel.close();
            return true;
        }
        if (isPast(requestBy, now) && !ending) {
            reader.tooSlow();
            return true;
        }
        return false;
    }

    private static boolean isPast(long deadline, long now) {
        return deadline != 0 && now >= deadline;
    }
}
