package io.millrace.server.internal;

import io.millrace.dashboard.DashboardSettings;
import io.millrace.http.HttpSettings;
import io.millrace.http.StaticFiles;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.tracker.Tracker;
import io.millrace.tracker.TrackerFile;
import io.millrace.web.DashboardFile;
import io.millrace.web.DashboardFiles;
import java.util.List;
import java.util.Locale;

/** The settings as each part wants them. */
final class Assembly {
    private Assembly() {}

    static io.millrace.engine.Settings engine(Config config) {
        return io.millrace.engine.Settings.DEFAULT
                .withRing(config.get(Settings.RING_SLOTS), config.get(Settings.RING_BYTES))
                .withMaxBatch(config.get(Settings.MAX_BATCH))
                .withVisitTimeout(config.get(Settings.VISIT_TIMEOUT))
                .withOpenVisits(config.get(Settings.OPEN_VISITS));
    }

    static SqliteSettings sqlite(Config config) {
        return SqliteSettings.DEFAULT
                .withSync(one(SqliteSettings.Sync.class, config.get(Settings.SYNC)))
                .withBusyTimeout(config.get(Settings.BUSY_TIMEOUT))
                .withReaders(config.get(Settings.READERS), config.get(Settings.QUERY_TIMEOUT))
                .withCaps(
                        SqliteSettings.DEFAULT.openDays(),
                        config.get(Settings.VALUES_PER_DAY),
                        config.get(Settings.TEXTS_PER_DAY));
    }

    static DashboardSettings dashboard(Config config) {
        String url = config.get(Settings.PUBLIC_URL);
        boolean https = config.get(Settings.TLS_CERTIFICATE) != null || url != null && url.startsWith("https:");
        return DashboardSettings.DEFAULT
                .withVersion(Version.text())
                .withReaders(config.get(Settings.READERS), DashboardSettings.DEFAULT.queue())
                .withSecureCookies(https);
    }

    static HttpSettings http(Config config) {
        HttpSettings http = HttpSettings.DEFAULT
                .withAddress(config.get(Settings.HOST), config.get(Settings.PORT))
                .withAck(one(HttpSettings.Ack.class, config.get(Settings.ACK)))
                .withCollectPaths(config.get(Settings.COLLECT_PATHS))
                .withLimits(limits(config))
                .withTrust(trust(config))
                .withAccessLog(config.get(Settings.ACCESS_LOG));
        return config.get(Settings.TLS_CERTIFICATE) == null
                ? http
                : http.withTls(
                        new HttpSettings.Tls(config.get(Settings.TLS_CERTIFICATE), config.get(Settings.TLS_KEY)));
    }

    /** The port for operators: on loopback, without beacons. */
    static HttpSettings admin(Config config) {
        return HttpSettings.DEFAULT
                .withAddress("127.0.0.1", config.get(Settings.ADMIN_PORT))
                .withLoops(1)
                .withCollectPaths(List.of());
    }

    private static HttpSettings.Limits limits(Config config) {
        return HttpSettings.Limits.DEFAULT
                .withRate(config.get(Settings.RATE_LIMIT), config.get(Settings.BURST))
                .withSiteRate(config.get(Settings.SITE_RATE_LIMIT))
                .withConnections(config.get(Settings.CONNECTIONS), config.get(Settings.CONNECTIONS_PER_ADDRESS))
                .withTimes(
                        config.get(Settings.REQUEST_TIME),
                        config.get(Settings.IDLE_TIME),
                        config.get(Settings.CONFIRM_TIME));
    }

    private static HttpSettings.Trust trust(Config config) {
        return new HttpSettings.Trust(
                config.get(Settings.TRUSTED_PROXIES),
                one(HttpSettings.Forwarding.class, config.get(Settings.FORWARDED_HEADER)),
                one(HttpSettings.Geo.class, config.get(Settings.GEO_HEADERS)));
    }

    /** The dashboard, and the tracker under its plain names and under names that change with the content. */
    static StaticFiles files(Config config) {
        StaticFiles.Builder files = StaticFiles.builder();
        for (TrackerFile file : Tracker.files()) {
            files.add("/" + file.name(), file.name(), file.bytes(), StaticFiles.Kind.SCRIPT);
            files.add("/" + file.hashedName(), file.name(), file.bytes(), StaticFiles.Kind.IMMUTABLE_SCRIPT);
        }
        for (String path : config.get(Settings.SCRIPT_PATHS)) {
            files.add(path, "t.js", Tracker.file("t.js").bytes(), StaticFiles.Kind.SCRIPT);
        }
        DashboardFiles.files().forEach(file -> add(files, file));
        return files.build();
    }

    private static void add(StaticFiles.Builder files, DashboardFile file) {
        switch (file.use()) {
            case PAGE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
            case PAGES -> files.addPrefix(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
            case IMMUTABLE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.IMMUTABLE);
        }
    }

    private static <E extends Enum<E>> E one(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
