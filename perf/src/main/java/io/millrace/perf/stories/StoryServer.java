package io.millrace.perf.stories;

import io.millrace.engine.Beacon;
import io.millrace.engine.Place;
import io.millrace.wire.BeaconReader;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first story's server, in Java: everything on one thread, as in Node. Usage: {@code StoryServer PORT VARIANT FILE}.
 */
public final class StoryServer {
    private static final int MAX_BODY = 256 * 1024;
    private static final int FLUSH_MILLIS = 100;

    private final Variant variant;
    private final StoryStore store;
    private final BeaconReader reader = new BeaconReader();
    private final List<Beacon> queue = new ArrayList<>();

    private StoryServer(Variant variant, StoryStore store) {
        this.variant = variant;
        this.store = store;
    }

    public static void main(String[] args) throws SQLException, InterruptedException {
        Variant variant = Variant.valueOf(args[1]);
        StoryServer server = new StoryServer(variant, new StoryStore(Path.of(args[2]), variant));
        EventLoopGroup one = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            one.scheduleAtFixedRate(server::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            server.listen(one, Integer.parseInt(args[0]));
        } finally {
            one.shutdownGracefully();
        }
    }

    private void listen(EventLoopGroup one, int port) throws InterruptedException {
        new ServerBootstrap()
                .group(one)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), new Collect());
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private final class Collect extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws SQLException {
            byte[] body = ByteBufUtil.getBytes(request.content());
            take(reader.read(body, body.length, false)
                    .members()
                    .get(0)
                    .toBeacon(1, 0, null, null, Place.UNKNOWN)
                    .build());
            DefaultFullHttpResponse ok =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            ok.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            context.writeAndFlush(ok).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void take(Beacon beacon) throws SQLException {
        if (variant.later) {
            queue.add(beacon);
        } else if (variant.transaction) {
            store.together(List.of(beacon));
        } else {
            store.write(beacon);
        }
    }

    private void flush() {
        if (queue.isEmpty()) {
            return;
        }
        try {
            store.together(queue);
            queue.clear();
        } catch (SQLException e) {
            throw new IllegalStateException("events lost", e);
        }
    }
}
