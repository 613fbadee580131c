package io.millrace.tracker;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of the tracker. Immutable: the array is shared and must not be written to.
 *
 * @param name its plain name, such as {@code t.js}: to be cached for a short time
 * @param hashedName its name with the hash of its bytes, such as {@code t.0123456789abcdef.js}: its content never changes
 * @param contentType its {@code Content-Type}
 * @param bytes what it says
 */
public record TrackerFile(String name, String hashedName, String contentType, byte[] bytes) {
    private static final int HASH_BYTES = 8;

    static TrackerFile of(String name, String contentType, byte[] bytes) {
        int dot = name.indexOf('.');
        String hashedName = name.substring(0, dot + 1) + hash(bytes) + name.substring(dot);
        return new TrackerFile(name, hashedName, contentType, bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
