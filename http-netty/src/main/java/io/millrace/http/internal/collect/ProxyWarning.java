package io.millrace.http.internal.collect;

import io.millrace.wire.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when all beacons come from one private address: then a proxy stands in between that is not trusted or names
 * nobody, and all visitors are one. Says so once. Belongs to one event loop.
 */
final class ProxyWarning {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyWarning.class);
    private static final int ENOUGH = 1_000;

    private String sole;
    private int seen;

    /** A beacon came from this address. Answers whether that made it say something. */
    boolean saw(String address) {
        if (seen == ENOUGH) {
            return false;
        }
        if (seen > 0 && !address.equals(sole)) {
            seen = ENOUGH;
            return false;
        }
        sole = address;
        if (++seen < ENOUGH || !isPrivate(address)) {
            return false;
        }
        LOG.warn(
                "all of the first {} beacons came from {}: if that is a proxy, add it to http.trusted_proxies and let it name its clients",
                ENOUGH,
                address);
        return true;
    }

    static boolean isPrivate(String address) {
        byte[] bytes = Addresses.parse(address);
        if (bytes == null) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (bytes.length == 16) {
            return Addresses.isLoopback(bytes) || (first & 0xFE) == 0xFC || first == 0xFE && (second & 0xC0) == 0x80;
        }
        return first == 127
                || first == 10
                || first == 192 && second == 168
                || first == 172 && (second & 0xF0) == 16
                || first == 100 && (second & 0xC0) == 64;
    }
}
