package io.millrace.storage.sqlite.internal.pack;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Whole numbers as their distance from the least of them, each in as many bits as the farthest needs. Immutable, so
 * thread-safe.
 *
 * <p>In the file: a byte that says how many bits, 128 more where what follows the head is deflated; the least, 8 bytes; the
 * numbers, least significant bit first; where they are not deflated, 8 bytes to read past the last one. All little-endian.
 */
public final class Packed {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = 9;
    private static final int PAD = 8;
    private static final int DEFLATED = 128;
    private static final int WIDEST = 57;

    private final byte[] data;
    private final int from;
    private final int width;
    private final long mask;
    private final long least;

    private Packed(byte[] data, int from, int width, long least) {
        this.data = data;
        this.from = from;
        this.width = width;
        this.mask = width == Long.SIZE ? -1 : (1L << width) - 1;
        this.least = least;
    }

    /** The number at a place. */
    public long get(int at) {
        if (width == 0) {
            return least;
        }
        long bit = (long) at * width;
        long word = (long) LONG.get(data, from + (int) (bit >>> 3));
        return least + (word >>> (bit & 7) & mask);
    }

    /** The same, where it is known to be small. */
    public int getInt(int at) {
        return (int) get(at);
    }

    /** Copies the numbers at these places, which are known to be small. */
    public void copy(int[] places, int count, int[] to, int at) {
        if (width == 0) {
            Arrays.fill(to, at, at + count, (int) least);
            return;
        }
        byte[] bytes = data;
        int bits = width;
        long ones = mask;
        int base = (int) least;
        int begin = from;
        for (int i = 0; i < count; i++) {
            long bit = (long) places[i] * bits;
            to[at + i] = base + (int) ((long) LONG.get(bytes, begin + (int) (bit >>> 3)) >>> (bit & 7) & ones);
        }
    }

    /** Numbers that are all the same. */
    static Packed constant(long value) {
        return new Packed(null, 0, 0, value);
    }

    /** Bytes that it holds. */
    int bytes() {
        return data == null ? 0 : data.length;
    }

    static Packed of(long[] values, int count) {
        return read(write(values, count, false), count);
    }

    /** @param deflate whether to compress what becomes shorter by it; it is slower to read */
    static byte[] write(long[] values, int count, boolean deflate) {
        long least = count == 0 ? 0 : Long.MAX_VALUE;
        long most = count == 0 ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        width = width > WIDEST ? Long.SIZE : width;
        byte[] data = new byte[HEAD + bytes(count, width) + (width == 0 ? 0 : PAD)];
        data[0] = (byte) width;
        LONG.set(data, 1, least);
        for (int i = 0; width > 0 && i < count; i++) {
            long bit = (long) i * width;
            int at = HEAD + (int) (bit >>> 3);
            LONG.set(data, at, (long) LONG.get(data, at) | values[i] - least << (bit & 7));
        }
        return deflate && width > 0 ? shorter(data, deflated(data, HEAD + bytes(count, width))) : data;
    }

    private static byte[] shorter(byte[] plain, byte[] deflated) {
        return deflated.length < plain.length * 9 / 10 ? deflated : plain;
    }

    private static int bytes(int count, int width) {
        return (int) (((long) count * width + 7) >>> 3);
    }

    private static byte[] deflated(byte[] plain, int to) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain, HEAD, to - HEAD);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
            out.write(plain[0] | DEFLATED);
            out.write(plain, 1, HEAD - 1);
            byte[] some = new byte[1 << 13];
            while (!deflater.finished()) {
                out.write(some, 0, deflater.deflate(some));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** @throws IllegalArgumentException when it is not what {@link #write} makes of so many numbers */
    static Packed read(byte[] data, int count) {
        if (data == null || data.length < HEAD) {
            throw new IllegalArgumentException("a column of a pack is cut");
        }
        int width = data[0] & DEFLATED - 1;
        long least = (long) LONG.get(data, 1);
        if (width == 0) {
            return constant(least);
        }
        int length = bytes(count, width);
        if ((data[0] & DEFLATED) != 0) {
            return new Packed(inflated(data, length), 0, width, least);
        }
        if (data.length != HEAD + length + PAD) {
            throw new IllegalArgumentException("a column of a pack has " + data.length + " bytes");
        }
        return new Packed(data, HEAD, width, least);
    }

    private static byte[] inflated(byte[] data, int length) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] plain = new byte[length + PAD];
            inflater.setInput(data, HEAD, data.length - HEAD);
            int got = 0;
            while (got < length && !inflater.finished()) {
                int n = inflater.inflate(plain, got, length - got);
                if (n == 0 && inflater.needsInput()) {
                    break;
                }
                got += n;
            }
            if (got != length) {
                throw new IllegalArgumentException("a column of a pack has " + got + " of " + length + " bytes");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a column of a pack cannot be read", e);
        } finally {
            inflater.end();
        }
    }
}
