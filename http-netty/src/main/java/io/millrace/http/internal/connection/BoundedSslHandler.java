package io.millrace.http.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Speaks TLS, and ends a connection on which records come that bring no bytes of requests: new keys (KeyUpdate), new
 * handshakes, empty ones. Each costs the server many times what it costs the client, and no deadline of a request runs
 * meanwhile. Belongs to its event loop.
 */
final class BoundedSslHandler extends SslHandler {
    /** After the handshake, in a connection's whole life; who changes keys as often as the RFC wants needs fewer. */
    private static final int SILENT_RECORDS = 32;

    private int silent;
    private boolean spoke;

    BoundedSslHandler(SSLEngine engine) {
        super(engine);
    }

    /** Bytes of requests have come out. */
    void spoke() {
        spoke = true;
    }

    /** Decodes one record, if it is whole. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        boolean established = handshakeFuture().isSuccess();
        int before = in.readableBytes();
        spoke = false;
        super.decode(ctx, in, out);
        if (established && !spoke && in.readableBytes() < before && ++silent > SILENT_RECORDS) {
            in.skipBytes(in.readableBytes());
            ctx.close();
        }
    }
}
