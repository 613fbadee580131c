package io.millrace.http.internal.client;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** Addresses as bytes and text; no name is ever looked up. */
public final class Addresses {
    private static final int MAX_TEXT = 64;

    private Addresses() {}

    /**
     * Reads an address as forwarding headers write it: perhaps quoted, in brackets, or with a port. An IPv4 address in
     * IPv6 clothes becomes IPv4.
     *
     * @return 4 or 16 bytes, or null when it is no address
     */
    public static byte[] parse(String text) {
        String bare = bare(text.strip());
        if (bare.isEmpty() || bare.length() > MAX_TEXT || bare.indexOf('%') >= 0) {
            return null;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
        return bytes == null ? null : plain(bytes);
    }

    private static String bare(String text) {
        String s = text;
        if (s.length() > 1 && s.startsWith("\"") && s.endsWith("\"")) {
            s = s.substring(1, s.length() - 1);
        }
        if (s.startsWith("[")) {
            int close = s.indexOf(']');
            return close < 0 ? "" : s.substring(1, close);
        }
        int colon = s.indexOf(':');
        boolean port = colon > 0 && colon == s.lastIndexOf(':') && s.indexOf('.') > 0;
        return port ? s.substring(0, colon) : s;
    }

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

    static String text(byte[] bytes) {
        return NetUtil.bytesToIpAddress(bytes);
    }

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

    /** One number for each IPv4 address and each IPv6 network of 64 bits. */
    public static long rateKey(byte[] bytes) {
        long key = bytes.length == 4 ? 0xFFFFL : 0;
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            key = key << 8 | bytes[i] & 0xFF;
        }
        return key;
    }
}
