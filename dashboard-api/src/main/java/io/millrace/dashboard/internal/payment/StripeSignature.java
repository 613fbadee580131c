package io.millrace.dashboard.internal.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe's signature of a webhook: {@code Stripe-Signature: t=SECONDS,v1=HEX}, where each {@code v1} is the HMAC-SHA-256 of
 * {@code SECONDS.BODY} under a secret of the endpoint. While a secret is being replaced there are several. Stateless.
 */
final class StripeSignature {
    private static final String ALGORITHM = "HmacSHA256";

    /** How far its time may be from now, either way: who has overheard a request cannot send it again for long. */
    private static final long TOLERANCE_SECONDS = 300;

    private static final int MOST_PARTS = 16;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private StripeSignature() {}

    /**
     * Whether a body is signed under one of the secrets, and lately.
     *
     * @param header null: there is none
     * @param now UTC milliseconds
     */
    static boolean fits(String header, byte[] body, List<String> secrets, long now) {
        String seconds = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header == null ? new String[0] : header.split(",", MOST_PARTS)) {
            String[] pair = part.strip().split("=", 2);
            if (pair[0].equals("t")) {
                if (seconds != null) {
                    return false;
                }
                seconds = pair.length == 2 ? pair[1] : "";
            } else if (pair[0].equals("v1")
                    && pair.length == 2
                    && DIGEST.matcher(pair[1]).matches()) {
                signatures.add(HexFormat.of().parseHex(pair[1]));
            }
        }
        if (seconds == null || !SECONDS.matcher(seconds).matches() || signatures.isEmpty()) {
            return false;
        }
        if (Math.abs(Math.floorDiv(now, 1000L) - Long.parseLong(seconds)) > TOLERANCE_SECONDS) {
            return false;
        }
        byte[] time = (seconds + ".").getBytes(StandardCharsets.US_ASCII);
        boolean fits = false;
        for (String secret : secrets) {
            byte[] expected = hmac(secret, time, body);
            for (byte[] signature : signatures) {
                fits |= MessageDigest.isEqual(expected, signature);
            }
        }
        return fits;
    }

    /** The HMAC-SHA-256 of these, one behind the other. */
    static byte[] hmac(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
