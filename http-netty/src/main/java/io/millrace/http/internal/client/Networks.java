package io.millrace.http.internal.client;

import io.millrace.engine.spi.Fixed;
import io.millrace.wire.Addresses;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A set of addresses and networks (CIDR), IPv4 and IPv6. Immutable. */
public final class Networks {

    private record Network(byte[] base, int bits) {
        boolean contains(byte[] address) {
            if (address.length != base.length) {
                return false;
            }
            int shift = base.length * 8 - bits;
            return new BigInteger(1, address).shiftRight(shift).equals(new BigInteger(1, base).shiftRight(shift));
        }
    }

    @Fixed("given by settings")
    private final List<Network> networks = new ArrayList<>();

    private final boolean loopback;

    /** @throws IllegalArgumentException when one is neither an address, a network nor {@code loopback} */
    public Networks(List<String> texts) {
        loopback = texts.contains("loopback");
        for (String text : texts) {
            if (!text.equals("loopback")) {
                networks.add(parse(text));
            }
        }
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] base = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        int bits = base == null ? -1 : slash < 0 ? base.length * 8 : bits(text.substring(slash + 1));
        if (base == null || bits < 0 || bits > base.length * 8) {
            throw new IllegalArgumentException("trusted proxies: not an address or network: " + text);
        }
        return new Network(base, bits);
    }

    private static int bits(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    public boolean contains(byte[] address) {
        if (loopback && Addresses.isLoopback(address)) {
            return true;
        }
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
