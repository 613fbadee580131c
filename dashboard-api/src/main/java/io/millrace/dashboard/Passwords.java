package io.millrace.dashboard;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * Passwords, hashed with Argon2id (19 MiB, two passes, one lane; the parameters and the salt stand in the hash).
 * Thread-safe. Each call takes a good part of a second of a core: never on an event loop.
 */
public final class Passwords {
    /** What a new password has at least, in characters. */
    public static final int SHORTEST = 10;

    /** What a password has at most, in characters. */
    public static final int LONGEST = 256;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final Argon2Function FUNCTION =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, BYTES, Argon2.ID);

    /** The hash of a password that nobody has: what an unknown account is compared with. */
    private static final String NOBODY = hash("nobody has this password");

    private Passwords() {}

    /** The hash to store, with a salt of its own. */
    public static String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(FUNCTION).getResult();
    }

    /** The hash that a password is held against. */
    static String against(String hash) {
        return hash == null ? NOBODY : hash;
    }

    /**
     * Whether this is the password.
     *
     * @param hash as stored, or null for an account that does not exist: takes as long, and answers false
     */
    public static boolean matches(String password, String hash) {
        String against = against(hash);
        try {
            boolean same = Password.check(password, against).with(Argon2Function.getInstanceFromHash(against));
            return same && hash != null;
        } catch (BadParametersException e) {
            return false;
        }
    }
}
