package io.millrace.perf.hostile;

import io.millrace.perf.hostile.Script.Pace;
import io.millrace.perf.hostile.Script.Rest;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The shapes that scripts have. */
final class Scripts {
    private static final long SPIN_NANOS = 100_000;

    private Scripts() {}

    /** Never sends anything. */
    static Script idle() {
        return () -> null;
    }

    /** Sends this, and then keeps the connection open. */
    static Script once(ByteBuffer bytes) {
        return once(bytes, Pace.FULL, Rest.WAITS);
    }

    /** Sends this, and then rests in a way of its own. */
    static Script once(ByteBuffer bytes, Pace pace, Rest rest) {
        return new Script() {
            private ByteBuffer left = bytes;

            @Override
            public ByteBuffer next() {
                ByteBuffer sent = left;
                left = null;
                return sent;
            }

            @Override
            public Pace pace() {
                return pace;
            }

            @Override
            public Rest rest() {
                return rest;
            }
        };
    }

    /** Keeps a processor busy and sends nothing. */
    static Script spin() {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        return () -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < SPIN_NANOS) {
                Thread.onSpinWait();
            }
            return nothing;
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

    /** One request after the other without an end, and no answer is waited for. */
    static Script pour(Supplier<ByteBuffer> requests, Pace pace) {
        return new Script() {
            @Override
            public ByteBuffer next() {
                return requests.get();
            }

            @Override
            public Pace pace() {
                return pace;
            }
        };
    }

    /** A beginning, and then the same part without an end. */
    static Script endless(ByteBuffer first, ByteBuffer part, Pace pace) {
        return new Script() {
            private boolean begun;

            @Override
            public ByteBuffer next() {
                if (begun) {
                    return part.duplicate();
                }
                begun = true;
                return first.duplicate();
            }

            @Override
            public Pace pace() {
                return pace;
            }
        };
    }
}
