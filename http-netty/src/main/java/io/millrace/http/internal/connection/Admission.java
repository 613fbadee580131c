package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Lets connections in, or closes them when there are too many, and hands over no more than the event loop takes up: who
 * comes rarely goes before those of whose networks many wait, and the loop has as long for others as new ones took it.
 * Lives on the accepting thread.
 */
public final class Admission extends ChannelInboundHandlerAdapter {
    private static final int AT_ONCE = 32;
    private static final long LONGEST_REST_NANOS = 20_000_000;
    private static final int NETWORKS = 1 << 12;

    private static final Comparator<Newcomer> ORDER =
            Comparator.comparingLong(Newcomer::round).thenComparingLong(Newcomer::number);

    private final ConnectionLimiter limiter;
    private final EventLoop loop;

    @Fixed("as many as ConnectionLimiter lets in")
    private final PriorityQueue<Newcomer> waiting = new PriorityQueue<>(ORDER);

    /** The last round in which a network has a connection, by a hash of the network that nobody knows. */
    @Fixed("4,096 numbers")
    private final long[] rounds = new long[NETWORKS];

    private final long secret = ThreadLocalRandom.current().nextLong() | 1;
    private long round = 1;
    private long count;
    private int handedOver;

    private record Newcomer(SocketChannel channel, long round, long number) {}

    /** @param loop the one that has to take them up, or any of several */
    public Admission(ConnectionLimiter limiter, EventLoop loop) {
        this.limiter = limiter;
        this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel channel = (SocketChannel) accepted;
        InetSocketAddress remote = channel.remoteAddress();
        if (remote == null || !limiter.enter(remote.getAddress())) {
            channel.unsafe().closeForcibly();
            return;
        }
        channel.closeFuture().addListener(closed -> limiter.leave(remote.getAddress()));
        waiting.add(new Newcomer(channel, roundOf(remote.getAddress()), count++));
    }

    /** Each network has one connection a round; a network without any that wait has its next one in the present round. */
    private long roundOf(InetAddress address) {
        if (limiter.exempt(address)) {
            return 0;
        }
        int network = (int) (ConnectionLimiter.neighbourhood(address) * secret >>> 52);
        rounds[network] = Math.max(rounds[network] + 1, round);
        return rounds[network];
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        handOver(ctx);
        ctx.fireChannelReadComplete();
    }

    private void handOver(ChannelHandlerContext ctx) {
        while (handedOver < AT_ONCE && !waiting.isEmpty()) {
            next(ctx);
            if (++handedOver == AT_ONCE) {
                long start = System.nanoTime();
                loop.execute(() -> takenUp(ctx, Math.min(System.nanoTime() - start, LONGEST_REST_NANOS)));
            }
        }
    }

    private void next(ChannelHandlerContext ctx) {
        Newcomer next = waiting.poll();
        round = Math.max(round, next.round());
        ctx.fireChannelRead(next.channel());
    }

    private void takenUp(ChannelHandlerContext ctx, long rest) {
        ctx.executor()
                .schedule(
                        () -> {
                            handedOver = 0;
                            handOver(ctx);
                        },
                        rest,
                        TimeUnit.NANOSECONDS);
    }

    /** No more will come: the event loop tells the rest that the server ends. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        while (!waiting.isEmpty()) {
            next(ctx);
        }
        ctx.fireChannelInactive();
    }
}
