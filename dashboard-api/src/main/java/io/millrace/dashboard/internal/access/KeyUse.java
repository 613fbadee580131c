package io.millrace.dashboard.internal.access;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Fixed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down when a key was last used, to the hour. Thread-safe. */
public final class KeyUse {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private final AccountDirectory accounts;
    private final InstantSource clock;

    @Fixed("one for each key that users made")
    private final Map<Integer, Long> written = new ConcurrentHashMap<>();

    public KeyUse(AccountDirectory accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    void used(AccountStore.Key key) {
        long now = clock.millis();
        long last = written.getOrDefault(key.id(), key.lastUsed());
        if (now - last < HOUR) {
            return;
        }
        written.put(key.id(), now);
        accounts.change(store -> store.keys().stream()
                .filter(k -> k.id() == key.id())
                .findAny()
                .map(k -> store.saveKey(k.withLastUsed(now)))
                .orElse(null));
    }
}
