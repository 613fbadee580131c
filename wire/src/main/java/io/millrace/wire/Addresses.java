package io.millrace.wire;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * IP addresses as bytes and text, and what they are counted by. Strict: no name is ever looked up, and ports, brackets,
 * zones ({@code %eth0}) and short forms ({@code 127.1}) are no addresses. An IPv4 address in IPv6 clothes is IPv4.
 */
public final class Addresses {
    private static final int MAX_TEXT = 45;

    private Addresses() {}

    /**
     * Reads an address.
     *
     * @param text may be null
     * @return 4 or 16 bytes, or null when it is no address
     */
    public static byte[] parse(String text) {
        if (text == null || text.length() > MAX_TEXT || !isPlain(text) || !InetAddresses.isInetAddress(text)) {
            return null;
        }
        return plain(InetAddresses.forString(text).getAddress());
    }

    /** Without zones and without digits of other scripts, which the library takes. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80 && c != '%');
    }

    /** The bytes of an address, those of IPv4 in IPv6 clothes without them. */
    public static byte[] plain(byte[] bytes) {
        return isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * An address as RFC 5952 writes it.
     *
     * @throws IllegalArgumentException when there are not 4 or 16 bytes
     */
    public static String text(byte[] bytes) {
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not the bytes of an address", e);
        }
    }

    /** Whether it is the machine itself. */
    public static boolean isLoopback(byte[] bytes) {
        if (bytes.length == 4) {
            return bytes[0] == 127;
        }
        for (int i = 0; i < 15; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[15] == 1;
    }

    /**
     * One number for each client as it is counted: an IPv4 address, or an IPv6 network of 64 bits, because every client
     * has a whole one.
     */
    public static long networkKey(byte[] bytes) {
        long key = bytes.length == 4 ? 0xFFFFL : 0;
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            key = key << 8 | bytes[i] & 0xFF;
        }
        return key;
    }

    /** The same of an address as text; what is no address is counted by itself. */
    public static String network(String address) {
        byte[] bytes = parse(address);
        return bytes == null ? String.valueOf(address) : Long.toHexString(networkKey(bytes));
    }
}
