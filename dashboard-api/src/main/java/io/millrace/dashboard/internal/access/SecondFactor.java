package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.Keyring;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.spi.AccountStore.User;
import io.millrace.engine.spi.Fixed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Codes that users with a second factor give beside their password: of an app, each once, or one of those for who has lost it. Asked
 * after the password was right, so that strangers can neither guess codes nor use up a user's tries. Thread-safe.
 */
public final class SecondFactor {
    private static final int CODES = 8;
    private static final int TRIES = 10;

    private final Keyring keys;
    private final InstantSource clock;
    private final Throttle tries;

    @Fixed("one for each user with a second factor")
    private final Map<Integer, Long> lastStep = new ConcurrentHashMap<>();

    public SecondFactor(Keyring keys, InstantSource clock, Bounds bounds) {
        this.keys = keys;
        this.clock = clock;
        this.tries = new Throttle("factor", TRIES, Duration.ofHours(1), clock, bounds);
    }

    /** The one of a user that is to be set up, or is. */
    public Totp of(int userId, String factor) {
        return Totp.of(keys, userId, factor);
    }

    /**
     * Checks what a user gave beside a right password.
     *
     * @param code null: nothing
     * @return the hash of the code for who has lost the app, which is used up with the session that it begins; null: none was given
     * @throws ApiException 401 when it is missing or wrong, 429 after too many
     */
    public String check(User user, String code) {
        if (user.factor() == null) {
            return null;
        }
        if (code == null) {
            throw new ApiException(401, "code_needed", "a code of the second factor is needed");
        }
        Digest who = Digest.of("factor", user.id());
        tries.count(who);
        if (matches(user.id(), user.factor(), code)) {
            tries.forget(who);
            return null;
        }
        String hash = hash(code);
        if (!user.recovery().contains(hash)) {
            throw wrong();
        }
        tries.forget(who);
        return hash;
    }

    private static ApiException wrong() {
        return new ApiException(401, "wrong_code", "not the code of now");
    }

    /**
     * The user without a code for who has lost the app.
     *
     * @throws ApiException 401 when another session has used it up
     */
    public static User without(User user, String hash) {
        if (!user.recovery().contains(hash)) {
            throw wrong();
        }
        return user.withRecovery(
                user.recovery().stream().filter(h -> !h.equals(hash)).toList());
    }

    /** Whether a code is that of now, and is given for the first time. */
    public boolean matches(int userId, String factor, String code) {
        boolean[] right = {false};
        lastStep.compute(userId, (id, last) -> {
            long step = of(userId, factor).match(code.replace(" ", ""), clock.millis(), last == null ? -1 : last);
            right[0] = step >= 0;
            return right[0] ? Long.valueOf(step) : last;
        });
        return right[0];
    }

    /** New codes for who loses the app; they are stored by their {@link #hash}. */
    public static List<String> newCodes() {
        return Stream.generate(Secrets::random)
                .map(s -> s.replaceAll("[^A-Za-z0-9]", "")
                        .toLowerCase(Locale.ROOT)
                        .substring(0, 16))
                .limit(CODES)
                .toList();
    }

    public static String hash(String code) {
        return Secrets.hash(code.strip().toLowerCase(Locale.ROOT));
    }
}
