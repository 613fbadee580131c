package io.millrace.http.internal.connection;

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
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
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
 * they become ready. Belongs to its event loop.
 */
public final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_ROOM = 512;
    private static final int COPY_UP_TO = 4096;
    private static final int HAND_OVER_AT = 16 << 10;
    private static final long LINGER_MILLIS = 2_000;

    private final LoopState loop;
    private final Limits limits;
    private final RequestReader reader;

    @Fixed("128 requests at most")
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>();

    private Channel channel;
    private boolean touched;
    private boolean ending;
    private boolean written;
    private Exchange streaming;
    private long requestBy;
    private long idleBy;
    private long writeBy;
    private long lingerBy;

    public Connection(LoopState loop, Routes routes, ClientResolver clients, Limits limits, AccessLog log) {
        this.loop = loop;
        this.limits = limits;
        this.reader = new RequestReader(this, loop, routes, clients, limits, log);
    }

    /** Puts itself behind a decoder, with no more than one read of requests between them. */
    public void addTo(ChannelPipeline pipeline) {
        HttpRequestDecoder decoder = new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.lineBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxChunkSize(limits.bodyBytes()));
        pipeline.addLast(new DeadlineStart(this), decoder, new FlowControlHandler(), this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        reader.from(((InetSocketAddress) channel.remoteAddress()).getAddress());
        idleBy = loop.now() + limits.idleTime().toMillis();
        loop.opened(this);
    }

    /** Bytes have come. Answers whether anybody wants them. */
    boolean arrived() {
        if (ending && !reader.busy()) {
            return false;
        }
        if (requestBy == 0) {
            requestBy = loop.now() + limits.requestTime().toMillis();
        }
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        try {
            if (part instanceof HttpRequest head && !ending) {
                reader.head(head);
            }
            if (part instanceof HttpContent content) {
                reader.content(content);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.flush();
    }

    /** Takes a request's place in the order of answers. */
    void enqueue(Exchange exchange) {
        queue.add(exchange);
        idleBy = 0;
        updateReading();
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

    /** Whether an answer has still to be written. */
    boolean holds(Exchange exchange) {
        return queue.contains(exchange);
    }

    /** Ends the connection as it stands. */
    void abort() {
        channel.close();
    }

    Executor executor() {
        return loop.executor();
    }

    void flush() {
        loop.flush();
    }

    void touch() {
        if (!touched) {
            touched = true;
            loop.touch(this);
        }
    }

    /** Writes the answers that are ready, as far as none before them is missing, in one go. */
    void writeReady() {
        touched = false;
        if (!channel.isActive() || written) {
            return;
        }
        ByteBuf out = null;
        boolean wrote = false;
        Exchange next = queue.peek();
        while (next != null && next.ready() && !written && channel.isWritable()) {
            queue.poll();
            out = write(next, out == null ? channel.alloc().buffer(HEAD_ROOM) : out);
            wrote = true;
            next = queue.peek();
        }
        if (next != null && next.wantsContinue() && !written) {
            next.endContinue();
            out = (out == null ? channel.alloc().buffer(CONTINUE.length) : out).writeBytes(CONTINUE);
            wrote = true;
        }
        if (out != null) {
            channel.write(out, channel.voidPromise());
        }
        if (wrote) {
            channel.flush();
            afterWrite();
        }
    }

    /**
     * Writes one answer behind others that wait in {@code out}.
     *
     * @return what still waits, or null: it was enough to hand to the channel, which says when it has too much
     */
    private ByteBuf write(Exchange exchange, ByteBuf out) {
        exchange.writeHead(out, loop.date());
        byte[] content = exchange.content();
        written = exchange.last();
        streaming = exchange.streaming() ? exchange : null;
        lingerBy = exchange.lingering() ? loop.now() + LINGER_MILLIS : 0;
        reader.log(exchange);
        if (content.length <= COPY_UP_TO) {
            out.writeBytes(content);
            if (out.readableBytes() < HAND_OVER_AT) {
                return out;
            }
            channel.write(out, channel.voidPromise());
            return null;
        }
        channel.write(out, channel.voidPromise());
        channel.write(Unpooled.wrappedBuffer(content), channel.voidPromise());
        return null;
    }

    private void afterWrite() {
        if (!written) {
            idleBy = queue.isEmpty() ? loop.now() + limits.idleTime().toMillis() : 0;
            updateReading();
            return;
        }
        queue.clear();
        endReading();
        if (streaming != null) {
            return;
        }
        boolean linger = lingerBy != 0 && channel.pipeline().get(SslHandler.class) == null;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(linger ? this::shutOutput : ChannelFutureListener.CLOSE);
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
        if (bytes.length > 0 && channel.isWritable()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
        } else {
            channel.close();
        }
    }

    private void updateReading() {
        boolean read = channel.isWritable() && queue.size() < limits.pipelined();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writeBy = channel.isWritable() ? 0 : loop.now() + limits.requestTime().toMillis();
        if (channel.isWritable() && !queue.isEmpty()) {
            touch();
            executor().execute(loop::flush);
        }
        updateReading();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded();
        }
    }

    /** The client sends no more, but may still read. */
    private void inputEnded() {
        endReading();
        if (reader.abandon()) {
            queue.pollLast();
        }
        if (queue.isEmpty() || streaming != null) {
            channel.close();
        } else {
            queue.peekLast().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.closed(this);
        reader.abandon();
        queue.forEach(Exchange::gone);
        queue.clear();
        if (streaming != null) {
            streaming.gone();
            streaming = null;
        }
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
        return !queue.isEmpty();
    }

    void closeIfQuiet() {
        if (queue.isEmpty() && !reader.busy() || streaming != null) {
            channel.close();
        }
    }

    /** Ends what is over its time. Answers whether anything was. */
    boolean checkDeadlines(long now) {
        boolean idle = passed(idleBy, now) && !reader.busy() && streaming == null;
        if (idle || passed(lingerBy, now) || passed(writeBy, now)) {
            channel.close();
            return true;
        }
        if (passed(requestBy, now) && !ending) {
            reader.tooSlow();
            return true;
        }
        return false;
    }

    private static boolean passed(long deadline, long now) {
        return deadline != 0 && now >= deadline;
    }
}
