package io.millrace.http.internal.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands before the decoder: tells the connection that bytes have come, so that its deadline runs from a request's
 * first byte, and throws away what comes behind the last request that will be answered.
 */
final class DeadlineStart extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    DeadlineStart(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (connection.arrived()) {
            ctx.fireChannelRead(bytes);
        } else {
            ReferenceCountUtil.release(bytes);
        }
    }
}
