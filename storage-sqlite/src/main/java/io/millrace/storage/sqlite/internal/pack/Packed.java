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
 * <p>In the file: a byte that says how many bits a number takes; a byte of flags, DEFLATED, CODED, STEPS and SPARSE; the least,
 * 8 bytes; the numbers, least significant bit first; where they are not deflated, 8 bytes to read past the last one. What is deflated
 * is the numbers. Coded numbers are places in a list of the numbers that there are, ascending, which stands between head and numbers
 * in the same format, behind how many they are and how many bytes they take, 4 bytes each. Steps are how far each number is above the
 * one before it, seven bits a byte, of which the highest bit says that more follow. Sparse numbers are nearly all the least: behind the
 * head stand how many are not and how many bytes their places take, 4 bytes each, then their places as steps and what they are in
 * the same format. All little-endian.
 */
public final class Packed {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FLAGS = 1;
    private static final int LEAST = 2;
    private static final int HEAD = 10;
    private static final int LIST_HEAD = 8;
    private static final int PAD = 8;
    private static final int DEFLATED = 1;
    private static final int CODED = 2;
    private static final int STEPS = 4;
    private static final int SPARSE = 8;

    /** A sparse column has at most one of so many numbers that is not the least. */
    private static final int SPARSELY = 8;

    private static final int STEP_BITS = 7;
    private static final int STEP_MORE = 1 << STEP_BITS;
    private static final int WIDEST = 57;

    private final byte[] data;
    private final int from;
    private final int width;
    private final long mask;
    private final long least;

    /** What a coded number stands for; null: they are not coded. */
    private final int[] list;

    /** The numbers of a sparse column that are not the least; null: it is none, and has a width. */
    private final Sparse sparse;

    private Packed(byte[] data, int from, int width, long least, int[] list, Sparse sparse) {
        this.data = data;
        this.from = from;
        this.width = width;
        this.mask = width == Long.SIZE ? -1 : (1L << width) - 1;
        this.least = least;
        this.list = list;
        this.sparse = sparse;
    }

    /**
     * The numbers at some places.
     *
     * @param places a bit for each place of the column
     * @param before how many bits are set before each of these words
     */
    private record Sparse(long[] places, int[] before, Packed numbers) {
        static Sparse of(Packed at, int count, Packed numbers, int size) {
            long[] places = new long[(count + Long.SIZE - 1) / Long.SIZE];
            for (int i = 0; i < size; i++) {
                places[at.getInt(i) >> 6] |= 1L << at.get(i);
            }
            int[] before = new int[places.length];
            for (int w = 1; w < before.length; w++) {
                before[w] = before[w - 1] + Long.bitCount(places[w - 1]);
            }
            return new Sparse(places, before, numbers);
        }

        long get(int at, long least) {
            long word = places[at >> 6];
            return (word >>> at & 1) == 0 ? least : numbers.get(before[at >> 6] + Long.bitCount(word & (1L << at) - 1));
        }

        int bytes() {
            return places.length * (Long.BYTES + Integer.BYTES) + numbers.bytes();
        }
    }

    /** The number at a place. */
    public long get(int at) {
        if (width == 0) {
            return sparse == null ? least : sparse.get(at, least);
        }
        long bit = (long) at * width;
        long word = (long) LONG.get(data, from + (int) (bit >>> 3));
        long number = least + (word >>> (bit & 7) & mask);
        return list == null ? number : list[(int) number];
    }

    /** The same, where it is known to be small. */
    public int getInt(int at) {
        return (int) get(at);
    }

    /** Copies the numbers at these places, which are known to be small. */
    public void copy(int[] places, int count, int[] to, int at) {
        if (width == 0) {
            for (int i = 0; i < count; i++) {
                to[at + i] = getInt(places[i]);
            }
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
        for (int i = at; list != null && i < at + count; i++) {
            to[i] = list[to[i]];
        }
    }

    /** Bytes that it holds. */
    int bytes() {
        return (data == null ? 0 : data.length)
                + (list == null ? 0 : list.length * Integer.BYTES)
                + (sparse == null ? 0 : sparse.bytes());
    }

    /** The first so many of these numbers. */
    public static Packed of(long[] values, int count) {
        return read(write(values, count, false, false), count);
    }

    /**
     * @param deflate whether to compress what becomes shorter by it; it is slower to read
     * @param code whether to number the numbers where it makes them shorter; they must be ints
     */
    static byte[] write(long[] values, int count, boolean deflate, boolean code) {
        byte[] plain = plain(values, count);
        if (plain[0] == 0) {
            return Arrays.copyOf(plain, HEAD);
        }
        byte[] shortest = shorter(plain, code ? coded(values, count) : plain);
        if (!deflate) {
            return shortest;
        }
        byte[] sparse = sparse(values, count, (long) LONG.get(plain, LEAST), code);
        byte[] deflated = shorter(shortest, deflated(shortest));
        return sparse != null && sparse.length <= deflated.length ? sparse : deflated; // it is faster to read
    }

    /** Null: too many are not the least. */
    private static byte[] sparse(long[] values, int count, long least, boolean code) {
        long[] places = new long[count / SPARSELY];
        long[] numbers = new long[count / SPARSELY];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] != least) {
                if (size == places.length) {
                    return null;
                }
                places[size] = i;
                numbers[size++] = values[i];
            }
        }
        byte[] at = writeSteps(places, size);
        byte[] what = write(numbers, size, true, code);
        byte[] data = new byte[HEAD + LIST_HEAD + at.length + what.length];
        data[FLAGS] = SPARSE;
        LONG.set(data, LEAST, least);
        INT.set(data, HEAD, size);
        INT.set(data, HEAD + Integer.BYTES, at.length);
        System.arraycopy(at, 0, data, HEAD + LIST_HEAD, at.length);
        System.arraycopy(what, 0, data, HEAD + LIST_HEAD + at.length, what.length);
        return data;
    }

    private static Packed readSparse(byte[] data, int count) {
        int size = (int) INT.get(data, HEAD);
        int from = HEAD + LIST_HEAD;
        int to = from + (int) INT.get(data, HEAD + Integer.BYTES);
        Packed places = readSteps(Arrays.copyOfRange(data, from, to), size);
        Packed numbers = read(Arrays.copyOfRange(data, to, data.length), size);
        return new Packed(null, 0, 0, (long) LONG.get(data, LEAST), null, Sparse.of(places, count, numbers, size));
    }

    /** Ascending numbers of no sign: how far each is above the one before it. */
    static byte[] writeSteps(long[] values, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(HEAD + count * 2);
        out.writeBytes(new byte[] {0, STEPS, 0, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < count; i++) {
            long step = values[i] - (i == 0 ? 0 : values[i - 1]);
            for (; step >= STEP_MORE; step >>>= STEP_BITS) {
                out.write((int) (step | STEP_MORE));
            }
            out.write((int) step);
        }
        return out.toByteArray();
    }

    private static Packed readSteps(byte[] data, int count) {
        Steps steps = new Steps(data);
        long least = count == 0 ? 0 : steps.next();
        for (int i = 1; i < count; i++) {
            steps.next();
        }
        byte[] numbers = empty(count, least, steps.number);
        int width = numbers[0];
        steps = new Steps(data);
        for (int i = 0; width > 0 && i < count; i++) {
            put(numbers, i, width, steps.next() - least);
        }
        return read(numbers, count);
    }

    /** Reads steps one after the other. */
    private static final class Steps {
        private final byte[] data;
        private int at = HEAD;
        long number;

        Steps(byte[] data) {
            this.data = data;
        }

        /** The next number. */
        long next() {
            int shift = 0;
            byte some;
            do {
                if (at == data.length) {
                    throw new IllegalArgumentException("a column of a pack ends after its number " + number);
                }
                some = data[at++];
                number += (long) (some & STEP_MORE - 1) << shift;
                shift += STEP_BITS;
            } while (some < 0);
            return number;
        }
    }

    private static byte[] plain(long[] values, int count) {
        long least = count == 0 ? 0 : Long.MAX_VALUE;
        long most = count == 0 ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        byte[] data = empty(count, least, most);
        int width = data[0];
        for (int i = 0; width > 0 && i < count; i++) {
            put(data, i, width, values[i] - least);
        }
        return data;
    }

    /** The head for numbers between these, both inclusive, and room for them. */
    private static byte[] empty(int count, long least, long most) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        int width = bits > WIDEST ? Long.SIZE : bits;
        byte[] data = new byte[HEAD + bytes(count, width) + PAD];
        data[0] = (byte) width;
        LONG.set(data, LEAST, least);
        return data;
    }

    private static void put(byte[] data, int i, int width, long number) {
        long bit = (long) i * width;
        int at = HEAD + (int) (bit >>> 3);
        LONG.set(data, at, (long) LONG.get(data, at) | number << (bit & 7));
    }

    private static byte[] coded(long[] values, int count) {
        long[] list = Arrays.stream(values, 0, count).sorted().distinct().toArray();
        long[] codes = new long[count];
        for (int i = 0; i < count; i++) {
            codes[i] = Arrays.binarySearch(list, values[i]);
        }
        byte[] numbers = plain(codes, count);
        byte[] listed = write(list, list.length, true, false);
        byte[] data = new byte[numbers.length + LIST_HEAD + listed.length];
        System.arraycopy(numbers, 0, data, 0, HEAD);
        data[FLAGS] = CODED;
        INT.set(data, HEAD, list.length);
        INT.set(data, HEAD + Integer.BYTES, listed.length);
        System.arraycopy(listed, 0, data, HEAD + LIST_HEAD, listed.length);
        System.arraycopy(numbers, HEAD, data, HEAD + LIST_HEAD + listed.length, numbers.length - HEAD);
        return data;
    }

    private static byte[] shorter(byte[] one, byte[] other) {
        return other.length < one.length * 9 / 10 ? other : one;
    }

    private static int bytes(int count, int width) {
        return (int) (((long) count * width + 7) >>> 3);
    }

    /** Where the numbers begin. */
    private static int begin(byte[] data) {
        return (data[FLAGS] & CODED) == 0 ? HEAD : HEAD + LIST_HEAD + (int) INT.get(data, HEAD + Integer.BYTES);
    }

    private static byte[] deflated(byte[] plain) {
        int begin = begin(plain);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain, begin, plain.length - begin - PAD);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
            out.write(plain[0]);
            out.write(plain[FLAGS] | DEFLATED);
            out.write(plain, LEAST, begin - LEAST);
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
        if (data[FLAGS] == STEPS) {
            return readSteps(data, count);
        }
        if (data[FLAGS] == SPARSE) {
            return readSparse(data, count);
        }
        int width = data[0];
        long least = (long) LONG.get(data, LEAST);
        if (width == 0 && data[FLAGS] == 0) {
            return new Packed(null, 0, 0, least, null, null);
        }
        int[] list = (data[FLAGS] & CODED) == 0 ? null : list(data);
        int begin = begin(data);
        int length = bytes(count, width);
        if ((data[FLAGS] & DEFLATED) != 0) {
            return new Packed(inflated(data, begin, length), 0, width, least, list, null);
        }
        if (data.length != begin + length + PAD) {
            throw new IllegalArgumentException("a column of a pack has " + data.length + " bytes");
        }
        return new Packed(data, begin, width, least, list, null);
    }

    private static int[] list(byte[] data) {
        int[] list = new int[(int) INT.get(data, HEAD)];
        byte[] listed = Arrays.copyOfRange(
                data, HEAD + LIST_HEAD, HEAD + LIST_HEAD + (int) INT.get(data, HEAD + Integer.BYTES));
        Packed numbers = read(listed, list.length);
        for (int i = 0; i < list.length; i++) {
            list[i] = numbers.getInt(i);
        }
        return list;
    }

    private static byte[] inflated(byte[] data, int begin, int length) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] plain = new byte[length + PAD];
            inflater.setInput(data, begin, data.length - begin);
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
