package io.millrace.perf.hostile;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The shapes that scripts have. */
final class Scripts {
    private Scripts() {}

    /** Sends this, and then keeps the connection open. */
    static Script once(ByteBuffer bytes) {
        return new Script() {
            private ByteBuffer left = bytes;

            @Override
            public ByteBuffer next() {
                ByteBuffer sent = left;
                left = null;
                return sent;
            }
        };
    }

    /** One request after the other, each when the one before is answered. */
    static Script ask(Supplier<ByteBuffer> requests) {
        return new Script() {
            private boolean waits;

            @Override
            public ByteBuffer next() {
                if (waits) {
                    return null;
                }
                waits = true;
                return requests.get();
            }

            @Override
            public void answered(int status) {
                waits = false;
            }
        };
    }

    /** One request after the other without an end, and no answer is ever read. */
    static Script never(Supplier<ByteBuffer> requests) {
        return new Script() {
            @Override
            public ByteBuffer next() {
                return requests.get();
            }

            @Override
            public boolean reads() {
                return false;
            }
        };
    }

    /** One part after the other without an end. */
    static Script endless(ByteBuffer first, Supplier<ByteBuffer> parts) {
        return new Script() {
            private boolean begun;

            @Override
            public ByteBuffer next() {
                if (begun) {
                    return parts.get();
                }
                begun = true;
                return first;
            }
        };
    }
}
