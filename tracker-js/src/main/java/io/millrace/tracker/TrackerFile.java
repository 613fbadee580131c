package io.millrace.tracker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the tracker. Immutable: the arrays are shared and must not be written to.
 *
 * @param name its plain name, such as {@code t.js}: to be cached for a short time
 * @param hashedName its name with the hash of its bytes, such as {@code t.0123456789abcdef.js}: never changes
 * @param contentType its {@code Content-Type}
 * @param hash sixteen hex digits of the SHA-256 of its bytes: also good as an {@code ETag}
 * @param bytes what it says
 * @param gzip the same, packed, for clients that accept {@code gzip}
 */
public record TrackerFile(String name, String hashedName, String contentType, String hash, byte[] bytes, byte[] gzip) {
    private static final int HASH_DIGITS = 16;

    static TrackerFile of(String name, String contentType, byte[] bytes) {
        String hash = hash(bytes);
        int dot = name.indexOf('.');
        String hashedName = name.substring(0, dot + 1) + hash + name.substring(dot);
        return new TrackerFile(name, hashedName, contentType, hash, bytes, gzip(bytes));
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
