package io.millrace.dashboard;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Fixed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The API keys in memory, by hash. Thread-safe: a look-up reads one immutable map; {@link #reload()} replaces it after
 * a change.
 */
public final class ApiKeys {
    private final AccountStore accounts;

    @Fixed("keys that users made")
    private volatile Map<String, AccountStore.Key> byHash;

    public ApiKeys(AccountStore accounts) {
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
        return byHash(Secrets.hash(authorization.substring(7).trim()));
    }

    /** The key of which this is the hexadecimal SHA-256, or null. */
    public AccountStore.Key byHash(String hash) {
        return byHash.get(hash);
    }

    /** All keys that are not revoked, by ascending id. */
    public List<AccountStore.Key> all() {
        return byHash.values().stream()
                .sorted(Comparator.comparingInt(AccountStore.Key::id))
                .toList();
    }
}
