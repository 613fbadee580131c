package io.millrace.perf.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Requests of clients that a trusted proxy tells of: from one address, or each from another. Not thread-safe. */
final class Strangers {
    /** Where beacons are posted. */
    static final String COLLECT = "/api/collect";

    private static final String HEX = "0123456789abcdef";

    private final SplittableRandom random;
    private final String host;

    Strangers(long seed, String host) {
        random = new SplittableRandom(seed);
        this.host = host;
    }

    /** An address that nobody had before. */
    String anyAddress() {
        return (1 + random.nextInt(200)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + (1 + random.nextInt(254));
    }

    /** Another address of one IPv6 network of this many bits. */
    String addressOf(int bits) {
        StringBuilder address = new StringBuilder("2001:db8");
        for (int at = 32; at < 128; at += 16) {
            address.append(':').append(Integer.toHexString(at < bits ? 0x77 : random.nextInt(1 << 16)));
        }
        return address.toString();
    }

    /** An address of an IPv6 network (/64) that nobody had before; all of them have the same {@link Long#hashCode}. */
    String collidingNetwork() {
        int high = 0x2000_0000 + random.nextInt(0x1000_0000);
        int low = high ^ 0x1234_5678;
        return String.format(
                java.util.Locale.ROOT, "%x:%x:%x:%x::1", high >>> 16, high & 0xffff, low >>> 16, low & 0xffff);
    }

    /** From 0 to below this. */
    int number(int below) {
        return random.nextInt(below);
    }

    /** Hexadecimal digits that nobody can guess. */
    String digits(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(HEX.charAt(random.nextInt(16)));
        }
        return text.toString();
    }

    String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** A text of this length, of which no two are equal and all have the same {@link String#hashCode}. */
    String colliding(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length / 2; i++) {
            text.append(random.nextBoolean() ? "Aa" : "BB");
        }
        return text.toString();
    }

    /** A long text that begins with something new and takes little room compressed. */
    String longText(String prefix, int length) {
        StringBuilder text = new StringBuilder(length).append(prefix).append(digits(12));
        while (text.length() < length) {
            text.append('x');
        }
        return text.toString();
    }

    ByteBuffer get(String address, String path) {
        return ascii("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-For: " + address + "\r\n\r\n");
    }

    /** @param headers lines, each ended by CR LF, or empty */
    ByteBuffer post(String address, String path, String headers, byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-For: " + address
                        + "\r\nContent-Type: application/json\r\n" + headers + "Content-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(UTF_8);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    ByteBuffer post(String address, String path, String headers, String body) {
        return post(address, path, headers, body.getBytes(UTF_8));
    }

    /** Posts it where beacons are posted. */
    ByteBuffer beacon(String address, String body) {
        return post(address, COLLECT, "", body);
    }

    ByteBuffer gzipped(String address, String path, byte[] compressed) {
        return post(address, path, "Content-Encoding: gzip\r\n", compressed);
    }

    String host() {
        return host;
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
