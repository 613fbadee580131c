package io.millrace.dashboard;

import io.millrace.engine.spi.AccountStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The API keys in memory, by hash. Thread-safe: a look-up reads one immutable map; {@link #reload()} replaces it after
 * a change.
 */
public final class Keys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final AccountStore accounts;
    private volatile Map<String, AccountStore.Key> byHash;

    public Keys(AccountStore accounts) {
        this.accounts = accounts;
        reload();
    }

    /** Reads the keys again; called after one was added or revoked. */
    public void reload() {
        byHash = accounts.keys().stream().collect(Collectors.toMap(AccountStore.Key::hash, Function.identity()));
    }

    /**
     * The key that an {@code Authorization} header carries, or null: no header, another scheme, or a key that is not
     * known.
     */
    public AccountStore.Key find(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        return byHash.get(hash(authorization.substring(7).trim()));
    }

    /** All keys that are not revoked, by ascending id. */
    public List<AccountStore.Key> all() {
        return byHash.values().stream()
                .sorted(Comparator.comparingInt(AccountStore.Key::id))
                .toList();
    }

    /** A new random secret of 192 bits, as text that fits into headers and paths. */
    public static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hexadecimal SHA-256 under which a key is stored. Keys are random, so no slow hash is needed. */
    public static String hash(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
