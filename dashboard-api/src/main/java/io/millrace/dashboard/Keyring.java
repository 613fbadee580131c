package io.millrace.dashboard;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A key of the server's own, from which the secrets are derived that it has to know in clear: those of second factors and of
 * signatures. It is kept beside the database, not in it, so that a copy of the database tells none of them. Immutable.
 */
public final class Keyring {
    /** Bytes of a key. */
    public static final int BYTES = 32;

    private final byte[] key;

    private Keyring(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException when it has not {@link #BYTES} */
    public static Keyring of(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + key.length);
        }
        return new Keyring(key.clone());
    }

    /** A key that is forgotten with the process. */
    public static Keyring random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new Keyring(key);
    }

    /**
     * The secret for something, 32 bytes; the same for the same.
     *
     * @param purpose what kind of thing
     * @param name of that kind, which one
     */
    public byte[] derive(String purpose, String name) {
        return Hashing.hmacSha256(key)
                .hashString(purpose + '\n' + name, StandardCharsets.UTF_8)
                .asBytes();
    }
}
