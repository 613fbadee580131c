package io.millrace.dashboard.internal.access;

import com.google.common.escape.Escaper;
import com.google.common.io.BaseEncoding;
import com.google.common.net.UrlEscapers;
import io.millrace.dashboard.Keyring;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes of six digits for each half minute (RFC 6238), as all apps for that make them. Immutable. */
public final class Totp {
    private static final long STEP_MILLIS = 30_000;
    private static final int DIGITS = 6;
    private static final int SECRET_BYTES = 20;
    private static final String MAC = "HmacSHA1";

    private final byte[] secret;

    private Totp(byte[] secret) {
        this.secret = secret;
    }

    /** The second factor that is derived from what a user's account says of it. */
    public static Totp of(Keyring keys, int userId, String factor) {
        return new Totp(Arrays.copyOf(keys.derive("totp", userId + " " + factor), SECRET_BYTES));
    }

    /** The secret as people type it. */
    public String text() {
        return BaseEncoding.base32().omitPadding().encode(secret);
    }

    /** The same as apps read it from a picture. */
    public String uri(String issuer, String account) {
        Escaper escaper = UrlEscapers.urlPathSegmentEscaper();
        String name = escaper.escape(issuer);
        return "otpauth://totp/" + name + ":" + escaper.escape(account) + "?secret=" + text() + "&issuer=" + name;
    }

    /**
     * Whether a code is that of now, or of half a minute before or after, which clocks may differ by.
     *
     * @param after only of a step after this one
     * @return its step, or -1: it is none
     */
    public long match(String code, long now, long after) {
        long step = now / STEP_MILLIS;
        for (long at = step - 1; at <= step + 1; at++) {
            if (at > after && code(secret, at, DIGITS, MAC).equals(code)) {
                return at;
            }
        }
        return -1;
    }

    /** The code of a step (RFC 4226). */
    static String code(byte[] secret, long step, int digits, String mac) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(secret, mac));
            byte[] hash =
                    hmac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%0" + digits + "d", number % (long) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
