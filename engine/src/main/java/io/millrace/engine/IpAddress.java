package io.millrace.engine;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Longs;
import java.nio.ByteBuffer;

/**
 * An address as a number, IPv4 before IPv6. Immutable.
 *
 * @param v6 whether it is one of IPv6; an IPv4 address that is written as one of IPv6 is none
 * @param high the first 64 bits; 0 of IPv4
 * @param low the last ones
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {
    /** What a text says, or null: it is no address. No name is looked up. */
    public static IpAddress parse(String text) {
        if (text == null || !InetAddresses.isInetAddress(text)) {
            return null;
        }
        byte[] bytes = InetAddresses.forString(text).getAddress();
        if (bytes.length == Integer.BYTES) {
            return new IpAddress(false, 0, ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
        }
        return new IpAddress(
                true, Longs.fromByteArray(bytes), ByteBuffer.wrap(bytes).getLong(Long.BYTES));
    }

    /** How many bits it has. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byKind = Boolean.compare(v6, other.v6);
        int byHigh = byKind == 0 ? Long.compareUnsigned(high, other.high) : byKind;
        return byHigh == 0 ? Long.compareUnsigned(low, other.low) : byHigh;
    }
}
