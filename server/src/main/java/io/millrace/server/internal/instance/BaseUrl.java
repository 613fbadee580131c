package io.millrace.server.internal.instance;

import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import java.util.Set;

/** Where the server is reached, as far as it can tell itself. */
final class BaseUrl {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private BaseUrl() {}

    static String of(Config config, int port) {
        if (config.get(Settings.PUBLIC_URL) != null) {
            return config.get(Settings.PUBLIC_URL);
        }
        String scheme = config.get(Settings.TLS_CERTIFICATE) == null ? "http://" : "https://";
        String host = config.get(Settings.HOST);
        if (EVERYWHERE.contains(host)) {
            host = "localhost";
        }
        return of(scheme, host, port);
    }

    /** An address as it stands in a URL. */
    static String of(String scheme, String host, int port) {
        boolean bare6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return scheme + (bare6 ? "[" + host + "]" : host) + ":" + port;
    }
}
