package io.millrace.server.internal.instance;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.CollectPaths;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.Keyring;
import io.millrace.engine.Behaviour;
import io.millrace.engine.EngineSettings;
import io.millrace.http.HttpSettings;
import io.millrace.http.StaticFiles;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.ConfigException;
import io.millrace.server.internal.config.Setting;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.log.LogSettings;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.tracker.Tracker;
import io.millrace.tracker.TrackerFile;
import io.millrace.web.DashboardFile;
import io.millrace.web.DashboardFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** The settings as each part wants them. */
final class Assembly {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final int ADMIN_CONNECTIONS = 200;
    private static final long ADMIN_BYTES = 8L << 20;

    private Assembly() {}

    static EngineSettings engine(Config config) {
        return EngineSettings.DEFAULT
                .with()
                .ringSlots(config.get(Settings.RING_SLOTS))
                .ringBytes(config.get(Settings.RING_BYTES))
                .maxBatch(config.get(Settings.MAX_BATCH))
                .visitTimeout(config.get(Settings.VISIT_TIMEOUT))
                .openVisits(config.get(Settings.OPEN_VISITS))
                .visitBytes(config.get(Settings.VISIT_BYTES))
                .liveBytes(config.get(Settings.LIVE_BYTES))
                .addressPrefix(config.get(Settings.ADDRESS_PREFIX))
                .agentTime(config.get(Settings.AGENT_TIME))
                .dataCenters(config.get(Settings.DATA_CENTERS))
                .behaviour(new Behaviour(
                        config.get(Settings.BOT_DAY_HITS),
                        config.get(Settings.BOT_PAGE_HITS),
                        config.get(Settings.BOT_MINUTE_HITS)))
                .build();
    }

    static SqliteSettings sqlite(Config config) {
        return SqliteSettings.DEFAULT
                .with()
                .sync(config.get(Settings.SYNC))
                .busyTimeout(config.get(Settings.BUSY_TIMEOUT))
                .readers(config.get(Settings.READERS))
                .queryTimeout(config.get(Settings.QUERY_TIMEOUT))
                .valuesPerDay(config.get(Settings.VALUES_PER_DAY))
                .textsPerDay(config.get(Settings.TEXTS_PER_DAY))
                .memoryBytes(config.get(Settings.SQLITE_MEMORY))
                .columnCacheBytes(config.get(Settings.COLUMN_CACHE))
                .diskReserveBytes(config.get(Settings.DISK_RESERVE))
                .build();
    }

    static DashboardSettings dashboard(Config config, Keyring keyring) {
        String url = config.get(Settings.PUBLIC_URL);
        boolean https = config.get(Settings.TLS_CERTIFICATE) != null || url != null && url.startsWith("https:");
        HttpSettings http = http(config);
        return DashboardSettings.DEFAULT
                .with()
                .version(Version.text())
                .keyring(keyring)
                .readers(config.get(Settings.READERS))
                .publicUrl(url == null ? null : url.replaceAll("/+$", ""))
                .script(config.get(Settings.SCRIPT_PATHS).get(0))
                .places(config.get(Settings.GEO_HEADERS) != HttpSettings.Geo.NONE
                        || config.get(Settings.GEO_DATABASE) != null)
                .secureCookies(https)
                .cacheBytes(config.get(Settings.DASHBOARD_CACHE))
                .groupTime(config.get(Settings.DASHBOARD_LINK_TIME))
                .networkTime(config.get(Settings.DASHBOARD_NETWORK_TIME))
                .publicRequests(config.get(Settings.DASHBOARD_PUBLIC_REQUESTS))
                .stripeSecrets(Objects.requireNonNullElse(
                        config.get(Settings.STRIPE_SECRETS), Map.<Integer, List<String>>of()))
                .streams(config.get(Settings.DASHBOARD_STREAMS))
                .streamsPerNetwork(config.get(Settings.DASHBOARD_STREAMS_PER_NETWORK))
                .streamsPerLink(config.get(Settings.DASHBOARD_STREAMS_PER_LINK))
                .collectPaths(new CollectPaths(http.collectPaths(), http.pixelPath(), http.foreign()))
                .build();
    }

    /** How lines are logged. */
    static LogSettings log(Config config) {
        return new LogSettings(
                config.get(Settings.LOG_FORMAT),
                config.get(Settings.LOG_LEVEL),
                Objects.requireNonNullElse(config.get(Settings.LOG_LEVELS), Map.of()),
                config.get(Settings.LOG_REPEATS));
    }

    static HttpSettings http(Config config) {
        return HttpSettings.DEFAULT
                .with()
                .host(config.get(Settings.HOST))
                .port(config.get(Settings.PORT))
                .ack(config.get(Settings.ACK))
                .collectPaths(config.get(Settings.COLLECT_PATHS))
                .limits(limits(config))
                .trust(trust(config))
                .tls(tls(config))
                .accessLog(config.get(Settings.ACCESS_LOG))
                .build();
    }

    private static HttpSettings.Tls tls(Config config) {
        Path certificate = config.get(Settings.TLS_CERTIFICATE);
        Path key = config.get(Settings.TLS_KEY);
        if (certificate == null && key != null) {
            throw new ConfigException(Settings.TLS_KEY.key() + ": needs " + Settings.TLS_CERTIFICATE.key());
        }
        if (certificate != null && key == null) {
            throw new ConfigException(Settings.TLS_CERTIFICATE.key() + ": needs " + Settings.TLS_KEY.key());
        }
        return certificate == null ? null : new HttpSettings.Tls(certificate, key);
    }

    /** The port for operators: on loopback, without beacons. */
    static HttpSettings admin(Config config) {
        return HttpSettings.DEFAULT
                .with()
                .name("admin")
                .host(Loopback.address())
                .hosts(config.get(Settings.ADMIN_HOSTS))
                .limits(HttpSettings.Limits.DEFAULT
                        .with()
                        .connections(ADMIN_CONNECTIONS)
                        .unfinishedBytes(ADMIN_BYTES)
                        .unsentBytes(ADMIN_BYTES)
                        .addresses(1)
                        .build())
                .port(config.get(Settings.ADMIN_PORT))
                .loops(1)
                .collectPaths(List.of())
                .build();
    }

    private static HttpSettings.Limits limits(Config config) {
        return HttpSettings.Limits.DEFAULT
                .with()
                .requestsPerSecond(config.get(Settings.RATE_LIMIT))
                .burst(config.get(Settings.BURST))
                .siteRequestsPerSecond(config.get(Settings.SITE_RATE_LIMIT))
                .beaconsPerSecond(config.get(Settings.TOTAL_RATE_LIMIT))
                .unfinishedBytes(config.get(Settings.UNFINISHED_BYTES))
                .unsentBytes(config.get(Settings.UNSENT_BYTES))
                .bodyBytes(config.get(Settings.BODY_BYTES))
                .lineBytes(config.get(Settings.LINE_BYTES))
                .headerBytes(config.get(Settings.HEADER_BYTES))
                .pipelined(config.get(Settings.PIPELINED))
                .addresses(config.get(Settings.ADDRESSES))
                .connections(config.get(Settings.CONNECTIONS))
                .connectionsPerAddress(config.get(Settings.CONNECTIONS_PER_ADDRESS))
                .requestTime(config.get(Settings.REQUEST_TIME))
                .idleTime(config.get(Settings.IDLE_TIME))
                .confirmTime(config.get(Settings.CONFIRM_TIME))
                .build();
    }

    private static HttpSettings.Trust trust(Config config) {
        return new HttpSettings.Trust(
                config.get(Settings.TRUSTED_PROXIES),
                config.get(Settings.FORWARDED_HEADER),
                config.get(Settings.GEO_HEADERS));
    }

    /** The dashboard, and the tracker under its plain names and under names that change with the content. */
    static StaticFiles files(Config config) {
        return files(config, config.get(Settings.SCRIPT_PATHS));
    }

    private static StaticFiles files(Config config, List<String> scripts) {
        StaticFiles.Builder files = StaticFiles.builder();
        // Pages post to the first of the paths; the others are for what posts to them already.
        for (TrackerFile file :
                Tracker.postingTo(config.get(Settings.COLLECT_PATHS).get(0))) {
            files.add("/" + file.name(), file.name(), file.bytes(), StaticFiles.Kind.SCRIPT);
            files.add("/" + file.hashedName(), file.name(), file.bytes(), StaticFiles.Kind.IMMUTABLE_SCRIPT);
            if (file.name().equals("t.js")) {
                scripts.forEach(path -> files.add(path, "t.js", file.bytes(), StaticFiles.Kind.SCRIPT));
            }
        }
        DashboardFiles.files().forEach(file -> add(files, file));
        return files.build();
    }

    /**
     * Sees to it that nothing else answers at the paths that were chosen for beacons and scripts: only one of the two would
     * ever be reached.
     *
     * @throws ConfigException that names the setting and the path
     */
    static void checkPaths(Config config, Api api) {
        List<String> collect = config.get(Settings.COLLECT_PATHS);
        List<String> scripts = new ArrayList<>(config.get(Settings.SCRIPT_PATHS));
        scripts.remove(Settings.SCRIPT_PATHS.fallback());
        StaticFiles files = files(config, List.of());
        List<String> others = dashboard(config, Keyring.random()).collectPaths().others();
        Predicate<String> taken = path -> files.find(path) != null
                || others.contains(path)
                || METHODS.stream().anyMatch(method -> api.find(method, path) != null);
        refuse(Settings.COLLECT_PATHS, collect, taken);
        refuse(Settings.SCRIPT_PATHS, scripts, taken.or(collect::contains));
    }

    private static void refuse(Setting<?> setting, List<String> paths, Predicate<String> taken) {
        paths.stream().filter(taken).findFirst().ifPresent(path -> {
            throw new ConfigException(setting.key() + ": something else is at " + path);
        });
    }

    private static void add(StaticFiles.Builder files, DashboardFile file) {
        switch (file.use()) {
            case PAGE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
            case PAGES -> files.addPrefix(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
            case IMMUTABLE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.IMMUTABLE);
        }
    }
}
