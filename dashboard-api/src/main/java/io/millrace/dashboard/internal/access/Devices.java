package io.millrace.dashboard.internal.access;

import com.google.common.hash.Hashing;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.Secrets;
import io.millrace.engine.spi.AccountStore.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Browsers in which somebody has logged in before. They have a cookie that says for whom and until when, and is signed with
 * that user's password hash: nobody else can make one, it outlives restarts and log-outs, and a new password voids it. The
 * cookie logs nobody in; it tells the user's own attempts from those of strangers. Thread-safe.
 */
public record Devices(Cookies cookies, InstantSource clock) {
    private static final String COOKIE = "millrace_device";
    private static final Duration KEPT = Duration.ofDays(365);

    /** What the cookie of an account that does not exist is held against, so that both take as long. */
    private static final String NOBODY = Secrets.random();

    /** A {@code Set-Cookie} header for a browser in which this user has logged in. */
    public String remember(User user) {
        String says = user.id() + "." + (clock.millis() + KEPT.toMillis()) + "." + Secrets.random();
        return cookies.write(COOKIE, says + "." + signature(says, user.passwordHash()), KEPT.toSeconds());
    }

    /**
     * The name of the browser that a request comes from, or null: the user has not logged in there.
     *
     * @param user null: there is no such user
     */
    public String known(ApiRequest request, User user) {
        String cookie = cookies.read(request, COOKIE);
        String[] parts = cookie == null ? new String[0] : cookie.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        String says = parts[0] + "." + parts[1] + "." + parts[2];
        String right = signature(says, user == null ? NOBODY : user.passwordHash());
        boolean signed = MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8), parts[3].getBytes(StandardCharsets.UTF_8));
        boolean valid = signed
                && user != null
                && parts[0].equals(Integer.toString(user.id()))
                && Long.parseLong(parts[1]) > clock.millis();
        return valid ? parts[2] : null;
    }

    private static String signature(String text, String secret) {
        return Hashing.hmacSha256(secret.getBytes(StandardCharsets.UTF_8))
                .hashString("device " + text, StandardCharsets.UTF_8)
                .toString();
    }
}
