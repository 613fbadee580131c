package io.millrace.http.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Reads requests into heap buffers. Where Netty may not use {@code Unsafe}, which is the default from Java 24 on, each
 * header line that is taken from a direct buffer leaves a duplicate of that buffer behind: half a kilobyte an event. Little
 * is read of who sends little, and of everybody first: what is not used up is held.
 */
public final class HeapReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int FEW = 1 << 10;
    private static final int MANY = 16 << 10;
    private static final int READS_AT_ONCE = 4;

    public HeapReceiveAllocator() {
        super(READS_AT_ONCE);
    }

    @Override
    @SuppressWarnings("deprecation") // the return type; what is returned is its successor
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            private int size = FEW;

            @Override
            public int guess() {
                return size;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return allocator.heapBuffer(size);
            }

            @Override
            public void lastBytesRead(int bytes) {
                super.lastBytesRead(bytes);
                if (bytes == attemptedBytesRead()) {
                    size = MANY;
                }
            }

            @Override
            public void readComplete() {
                if (totalBytesRead() < FEW) {
                    size = FEW;
                }
            }
        };
    }
}
