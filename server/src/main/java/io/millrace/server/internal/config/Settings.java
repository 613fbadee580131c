package io.millrace.server.internal.config;

import io.millrace.dashboard.DashboardSettings;
import io.millrace.engine.EngineSettings;
import io.millrace.http.HttpSettings;
import io.millrace.server.internal.log.LogSettings;
import io.millrace.storage.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.Level;

/** Every setting that there is. */
public final class Settings {
    private static final int ANY = Integer.MAX_VALUE;

    /** Whose defaults these are: each part knows its own. */
    private static final EngineSettings ENGINE = EngineSettings.DEFAULT;

    private static final SqliteSettings SQLITE = SqliteSettings.DEFAULT;
    private static final DashboardSettings DASHBOARD = DashboardSettings.DEFAULT;
    private static final HttpSettings.Limits HTTP = HttpSettings.Limits.DEFAULT;

    /** What a running server takes up when it reads its settings again. */
    private static final Set<String> LIVE = Set.of(
            "retention",
            "retention.rows",
            "retention.packs",
            "backup.directory",
            "backup.keep",
            "dashboard.link_time",
            "dashboard.network_time",
            "dashboard.public_requests",
            "dashboard.streams_per_network",
            "dashboard.streams_per_link",
            "http.rate_limit",
            "http.burst",
            "http.site_rate_limit",
            "http.total_rate_limit",
            "http.connections_per_address",
            "http.pipelined",
            "http.line_bytes",
            "http.header_bytes",
            "http.request_time",
            "http.idle_time",
            "http.confirm_time",
            "http.geo_database",
            "http.tls_certificate",
            "http.tls_key",
            "http.access_log",
            "smtp.host",
            "smtp.port",
            "smtp.security",
            "smtp.user",
            "smtp.password",
            "smtp.from",
            "webhooks.private",
            "log.format",
            "log.level",
            "log.levels",
            "log.repeats");

    /** Those that are defined so far: it stands before them. */
    private static final List<Setting<?>> DEFINED = new ArrayList<>();

    private Settings() {}

    public static final Setting<String> DATA =
            define("data", Kind.TEXT, "./data", "the directory that holds everything");
    public static final Setting<String> HOST = define("host", Kind.TEXT, "127.0.0.1", "the address to listen on");
    public static final Setting<Integer> PORT =
            define("port", Kind.integer(0, 65_535), "8080", "the port; 0: any free one");
    public static final Setting<Integer> ADMIN_PORT = define(
            "admin_port", Kind.integer(0, 65_535), null, "one more port, on loopback, for /metrics without a key");
    public static final Setting<List<String>> ADMIN_HOSTS =
            define("admin_hosts", Kind.TEXTS, "localhost", "names that are answered there, beside addresses");
    public static final Setting<String> PUBLIC_URL = define(
            "public_url", Kind.URL, null, "how browsers reach the server, behind a proxy: https://stats.example.com");
    public static final Setting<HttpSettings.Ack> ACK =
            define("ack", Kind.oneOf(HttpSettings.Ack.class), "committed", "when a beacon is acknowledged");
    public static final Setting<SqliteSettings.Sync> SYNC = define(
            "sync", Kind.oneOf(SqliteSettings.Sync.class), "normal", "full: every commit survives a power cut, too");
    public static final Setting<Duration> RETENTION =
            define("retention", Kind.DAYS, null, "the same as retention.packs, for who sets that alone");
    public static final Setting<Duration> RETENTION_ROWS = define(
            "retention.rows",
            Kind.DAYS,
            null,
            "remove the rows of visits this long after their end; packs stay, and so does every report");
    public static final Setting<Duration> RETENTION_PACKS =
            define("retention.packs", Kind.DAYS, null, "remove rows and packs of visits; daily figures stay");
    public static final Setting<Long> DEAD_LETTER_BYTES = define(
            "dead_letter_bytes",
            Kind.BYTES,
            "64m",
            "what events that could not be stored may take on the disk; more are dropped, and counted");

    public static final Setting<Path> BACKUP_DIRECTORY = define(
            "backup.directory",
            Kind.FILE,
            null,
            "where a copy of the database is put each day; on another disk, if there is one");
    public static final Setting<LocalTime> BACKUP_TIME =
            define("backup.time", Kind.TIME, "03:30", "when, by this machine's clock and zone");
    public static final Setting<Integer> BACKUP_KEEP =
            whole("backup.keep", 1, 10_000, 7, "so many copies stay there, the youngest");

    public static final Setting<Integer> RING_SLOTS = define(
            "engine.ring_slots", Kind.POWER_OF_TWO, Integer.toString(ENGINE.ringSlots()), "beacons in flight at most");
    public static final Setting<Long> RING_BYTES =
            bytes("engine.ring_bytes", ENGINE.ringBytes(), "heap that beacons in flight may hold");
    public static final Setting<Integer> MAX_BATCH =
            whole("engine.max_batch", 1, 65_536, ENGINE.maxBatch(), "events in one transaction at most");
    public static final Setting<Duration> VISIT_TIMEOUT =
            time("engine.visit_timeout", ENGINE.visitTimeout(), "the gap after which a new visit starts");
    public static final Setting<Integer> OPEN_VISITS =
            whole("engine.open_visits", 1, 50_000_000, ENGINE.openVisits(), "visits kept in memory at most");
    public static final Setting<Long> VISIT_BYTES =
            bytes("engine.visit_bytes", ENGINE.visitBytes(), "heap that visits in memory may hold");
    public static final Setting<Long> LIVE_BYTES = bytes(
            "engine.live_bytes",
            ENGINE.liveBytes(),
            "heap that live visitors may hold; who does not fit in is not shown");
    public static final Setting<Boolean> ADDRESS_PREFIX = define(
            "engine.address_prefix",
            Kind.FLAG,
            "false",
            "tell cookieless visitors by their network, an IPv4 /24 or IPv6 /48, not by their address");
    public static final Setting<Duration> AGENT_TIME =
            time("engine.agent_time", ENGINE.agentTime(), "how long unknown user agents may be parsed in each second");
    public static final Setting<Path> DATA_CENTERS = define(
            "engine.data_centers",
            Kind.FILE,
            null,
            "networks that no people come from, one in CIDR a line, for strict sites; read anew when it changes");

    public static final Setting<Integer> BOT_DAY_HITS = whole(
            "engine.bot_day_hits",
            0,
            1_000_000_000,
            ENGINE.behaviour().dayHits(),
            "hits that no person comes to on a day, for strict sites; 0: any");
    public static final Setting<Integer> BOT_PAGE_HITS = whole(
            "engine.bot_page_hits", 0, 1_000_000_000, ENGINE.behaviour().pageHits(), "the same of one page; 0: any");
    public static final Setting<Integer> BOT_MINUTE_HITS = whole(
            "engine.bot_minute_hits",
            0,
            1_000_000_000,
            ENGINE.behaviour().minuteHits(),
            "hits that no person comes to within a minute, for strict sites; 0: any");

    public static final Setting<Integer> READERS =
            whole("sqlite.readers", 1, 64, SQLITE.readers(), "queries at a time");
    public static final Setting<Duration> QUERY_TIMEOUT =
            time("sqlite.query_timeout", SQLITE.queryTimeout(), "how long a query may take");
    public static final Setting<Duration> BUSY_TIMEOUT =
            time("sqlite.busy_timeout", SQLITE.busyTimeout(), "how long one attempt waits for another program's lock");
    public static final Setting<Integer> VALUES_PER_DAY = whole(
            "sqlite.values_per_day",
            1,
            ANY,
            SQLITE.valuesPerDay(),
            "values of a dimension, site and day that are kept apart; the rest is (other)");
    public static final Setting<Integer> TEXTS_PER_DAY =
            whole("sqlite.texts_per_day", 1, ANY, SQLITE.textsPerDay(), "new texts a site may add in a day");

    public static final Setting<Long> SQLITE_MEMORY = bytes(
            "sqlite.memory", SQLITE.memoryBytes(), "heap for what clients send: texts, visitors, figures of open days");
    public static final Setting<Long> COLUMN_CACHE = bytes(
            "sqlite.column_cache", SQLITE.columnCacheBytes(), "heap for the columns that filtered reports read last");
    public static final Setting<Long> DISK_RESERVE = bytes(
            "sqlite.disk_reserve",
            SQLITE.diskReserveBytes(),
            "what stays free on the disk: with less, beacons get 503");

    public static final Setting<Long> DASHBOARD_CACHE =
            bytes("dashboard.cache", DASHBOARD.cacheBytes(), "heap that answers of reports may hold");
    public static final Setting<Duration> DASHBOARD_LINK_TIME = time(
            "dashboard.link_time", DASHBOARD.groupTime(), "how long a query may run in a minute for one shared link");
    public static final Setting<Duration> DASHBOARD_NETWORK_TIME =
            time("dashboard.network_time", DASHBOARD.networkTime(), "the same for one network without a log-in");
    public static final Setting<Integer> DASHBOARD_PUBLIC_REQUESTS = whole(
            "dashboard.public_requests",
            1,
            ANY,
            DASHBOARD.publicRequests(),
            "how often one network may ask for public figures in a minute");
    public static final Setting<Integer> DASHBOARD_STREAMS = whole(
            "dashboard.streams",
            4,
            100_000,
            DASHBOARD.streams(),
            "live streams in all, a quarter of them kept for users");
    public static final Setting<Integer> DASHBOARD_STREAMS_PER_NETWORK = whole(
            "dashboard.streams_per_network",
            1,
            100_000,
            DASHBOARD.streamsPerNetwork(),
            "live streams of one network without a log-in");
    public static final Setting<Integer> DASHBOARD_STREAMS_PER_LINK = whole(
            "dashboard.streams_per_link", 1, 100_000, DASHBOARD.streamsPerLink(), "live streams of one shared link");

    public static final Setting<Map<Integer, List<String>>> STRIPE_SECRETS = define(
            "stripe.secrets",
            Kind.SECRETS_OF_SITES,
            null,
            "signing secrets of Stripe's endpoints by site; without any, Stripe is not listened to");

    public static final Setting<Integer> RATE_LIMIT = whole(
            "http.rate_limit", 0, ANY, HTTP.requestsPerSecond(), "requests a second of one address; 0: any number");
    public static final Setting<Integer> BURST =
            whole("http.burst", 1, ANY, HTTP.burst(), "requests of one address at once");
    public static final Setting<Integer> SITE_RATE_LIMIT = whole(
            "http.site_rate_limit",
            0,
            ANY,
            HTTP.siteRequestsPerSecond(),
            "beacons a second of one site, each 4 KiB counting as one more; 0: any number");
    public static final Setting<Integer> TOTAL_RATE_LIMIT =
            whole("http.total_rate_limit", 0, ANY, HTTP.beaconsPerSecond(), "the same of all sites; 0: any number");
    public static final Setting<Long> UNFINISHED_BYTES = bytes(
            "http.unfinished_bytes", HTTP.unfinishedBytes(), "memory for requests that are not whole or not answered");
    public static final Setting<Long> UNSENT_BYTES =
            bytes("http.unsent_bytes", HTTP.unsentBytes(), "memory for answers that clients have not read");
    public static final Setting<Integer> CONNECTIONS =
            whole("http.connections", 1, ANY, HTTP.connections(), "open connections in all");
    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS = whole(
            "http.connections_per_address", 1, ANY, HTTP.connectionsPerAddress(), "open connections of one address");
    public static final Setting<Integer> BODY_BYTES =
            whole("http.body_bytes", 1024, 16 << 20, HTTP.bodyBytes(), "bytes of one body, before and after unpacking");
    public static final Setting<Integer> LINE_BYTES =
            whole("http.line_bytes", 512, 1 << 20, HTTP.lineBytes(), "bytes of the request line");
    public static final Setting<Integer> HEADER_BYTES =
            whole("http.header_bytes", 1024, 1 << 20, HTTP.headerBytes(), "bytes of all headers of a request");
    public static final Setting<Integer> PIPELINED =
            whole("http.pipelined", 1, 100_000, HTTP.pipelined(), "requests of one connection that wait for answers");
    public static final Setting<Integer> ADDRESSES = whole(
            "http.addresses", 1, 10_000_000, HTTP.addresses(), "addresses whose rate is kept; further ones have none");
    public static final Setting<Duration> REQUEST_TIME =
            time("http.request_time", HTTP.requestTime(), "from a request's first byte to its last");
    public static final Setting<Duration> IDLE_TIME =
            time("http.idle_time", HTTP.idleTime(), "between an answer and the next request");
    public static final Setting<Duration> CONFIRM_TIME = time(
            "http.confirm_time", HTTP.confirmTime(), "from admission to the commit; then the answer is unconfirmed");
    public static final Setting<List<String>> COLLECT_PATHS = define(
            "http.collect_paths", Kind.PATHS, "/api/collect", "where beacons are posted; ad blockers list the usual");
    public static final Setting<List<String>> SCRIPT_PATHS =
            define("http.script_paths", Kind.PATHS, "/t.js", "where the tracker lies; ad blockers list the usual");
    public static final Setting<List<String>> TRUSTED_PROXIES = define(
            "http.trusted_proxies",
            Kind.TEXTS,
            "loopback",
            "addresses, networks and 'loopback': who is believed about the client's address");
    public static final Setting<HttpSettings.Forwarding> FORWARDED_HEADER = define(
            "http.forwarded_header",
            Kind.oneOf(HttpSettings.Forwarding.class),
            "x-forwarded-for",
            "the header in which a trusted proxy names the client");
    public static final Setting<HttpSettings.Geo> GEO_HEADERS = define(
            "http.geo_headers", Kind.oneOf(HttpSettings.Geo.class), "none", "whose headers say where a client is");
    public static final Setting<Path> GEO_DATABASE = define(
            "http.geo_database",
            Kind.FILE,
            null,
            "MMDB file that knows where an address is; asked where no header says it");
    public static final Setting<Path> TLS_CERTIFICATE =
            define("http.tls_certificate", Kind.FILE, null, "certificate chain, PEM; with it, HTTPS");
    public static final Setting<Path> TLS_KEY =
            define("http.tls_key", Kind.SECRET_FILE, null, "its private key, PKCS#8 in PEM");
    public static final Setting<Boolean> ACCESS_LOG =
            define("http.access_log", Kind.FLAG, "false", "log each request, one JSON object a line");

    public static final Setting<String> SMTP_HOST =
            define("smtp.host", Kind.TEXT, null, "the server that sends mail; without one, no mail is sent");
    public static final Setting<Integer> SMTP_PORT = define("smtp.port", Kind.integer(1, 65_535), "587", "its port");
    public static final Setting<String> SMTP_SECURITY = define(
            "smtp.security",
            Kind.oneOf("none", "starttls", "tls"),
            "starttls",
            "how the connection is kept secret; none is for a server on this machine");
    public static final Setting<String> SMTP_USER = define("smtp.user", Kind.TEXT, null, "who logs in there");
    public static final Setting<String> SMTP_PASSWORD =
            define("smtp.password", Kind.SECRET, null, "with what password");
    public static final Setting<String> SMTP_FROM =
            define("smtp.from", Kind.TEXT, "millrace@localhost", "whom mails are from");
    public static final Setting<Boolean> WEBHOOKS_PRIVATE = define(
            "webhooks.private", Kind.FLAG, "false", "whether webhooks may lead to addresses of private networks");
    public static final Setting<LogSettings.Format> LOG_FORMAT = define(
            "log.format",
            Kind.oneOf(LogSettings.Format.class),
            "text",
            "how a line of the log looks; json: one object a line");
    public static final Setting<Level> LOG_LEVEL =
            define("log.level", Kind.LEVEL, "info", "the least that Millrace's own lines must be to be logged");
    public static final Setting<Map<String, Level>> LOG_LEVELS = define(
            "log.levels",
            Kind.LEVELS,
            null,
            "the same for parts, the libraries' too: io.millrace.http=debug,io.netty=info");
    public static final Setting<Integer> LOG_REPEATS =
            whole("log.repeats", 0, ANY, 20, "how often lines that say the same are logged in a minute; 0: any number");

    /** All of them, in the order in which they stand here and are shown. */
    public static final List<Setting<?>> ALL = List.copyOf(DEFINED);

    /** Files that a running server reads anew, or others in their place; with none at the start it has no use for one. */
    static final Set<Setting<?>> OPENED_AT_START = Set.of(GEO_DATABASE, TLS_CERTIFICATE, TLS_KEY);

    private static <T> Setting<T> define(String key, Kind<T> kind, String fallback, String help) {
        Setting<T> setting = new Setting<>(key, kind, fallback, help, LIVE.contains(key));
        DEFINED.add(setting);
        return setting;
    }

    private static Setting<Integer> whole(String key, int least, int most, int fallback, String help) {
        return define(key, Kind.integer(least, most), Integer.toString(fallback), help);
    }

    private static Setting<Long> bytes(String key, long fallback, String help) {
        return define(key, Kind.BYTES, (fallback >> 20) + "m", help);
    }

    private static Setting<Duration> time(String key, Duration fallback, String help) {
        long seconds = fallback.toSeconds();
        String text =
                seconds == 0 ? fallback.toMillis() + "ms" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        return define(key, Kind.DURATION, text, help);
    }
}
