package io.millrace.perf.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow; reused for every request. Not thread-safe. */
public final class Bytes {
    private byte[] array = new byte[4096];
    private int length;

    public void clear() {
        length = 0;
    }

    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public Bytes put(byte[] bytes) {
        return put(bytes, bytes.length);
    }

    public Bytes put(byte[] bytes, int n) {
        ensure(n);
        System.arraycopy(bytes, 0, array, length, n);
        length += n;
        return this;
    }

    /** Appends the decimal digits of a number that is not negative. */
    public Bytes put(int number) {
        ensure(10);
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        for (int i = length + digits - 1, rest = number; i >= length; i--, rest /= 10) {
            array[i] = (byte) ('0' + rest % 10);
        }
        length += digits;
        return this;
    }

    public Bytes put(byte b) {
        ensure(1);
        array[length++] = b;
        return this;
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
        }
    }
}
