package io.millrace.server.internal.config;

import java.util.Locale;
import java.util.Objects;

/**
 * One setting: where it is read from, what it takes, and what it is when nobody says. Immutable.
 *
 * @param key as in {@code millrace.toml}, with dots between tables: {@code http.rate_limit}
 * @param fallback the default, as it would be written; null: none
 * @param help what it is for, for people
 * @param live whether a running server takes another value up when it reads its settings again
 */
public record Setting<T>(String key, Kind<T> kind, String fallback, String help, boolean live) {

    public Setting {
        Objects.requireNonNull(key);
        Objects.requireNonNull(kind);
    }

    /** Whether its value is masked when settings are shown. */
    public boolean secret() {
        return kind.secret();
    }

    /** The environment variable that it is read from: {@code MILLRACE_HTTP_RATE_LIMIT}. */
    public String variable() {
        return "MILLRACE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The flag of {@code serve} that sets it: {@code --admin-port}. */
    public String flag() {
        return "--" + key.replace('_', '-');
    }
}
