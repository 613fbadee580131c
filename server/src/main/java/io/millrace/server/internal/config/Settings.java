package io.millrace.server.internal.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting that there is. */
public final class Settings {
    private static final int ANY = Integer.MAX_VALUE;

    private Settings() {}

    /** The directory that holds everything. */
    public static final Setting<String> DATA = Setting.of("data", Kind.TEXT, "./data");

    public static final Setting<String> HOST = Setting.of("host", Kind.TEXT, "127.0.0.1");
    public static final Setting<Integer> PORT = Setting.of("port", Kind.integer(0, 65_535), "8080");
    public static final Setting<Integer> ADMIN_PORT = Setting.of("admin_port", Kind.integer(0, 65_535), null);

    /** What browsers reach the server by, when that is not where it listens: behind a proxy, by https. */
    public static final Setting<String> PUBLIC_URL = Setting.of("public_url", Kind.URL, null);

    public static final Setting<String> ACK = Setting.of("ack", Kind.oneOf("committed", "accepted"), "committed");
    public static final Setting<String> SYNC = Setting.of("sync", Kind.oneOf("normal", "full"), "normal");

    public static final Setting<Integer> RING_SLOTS = Setting.of("engine.ring_slots", Kind.POWER_OF_TWO, "16384");
    public static final Setting<Long> RING_BYTES = Setting.of("engine.ring_bytes", Kind.BYTES, "64m");
    public static final Setting<Integer> MAX_BATCH = Setting.of("engine.max_batch", Kind.integer(1, 65_536), "1024");
    public static final Setting<Duration> VISIT_TIMEOUT = Setting.of("engine.visit_timeout", Kind.DURATION, "30m");
    public static final Setting<Integer> OPEN_VISITS =
            Setting.of("engine.open_visits", Kind.integer(1, 50_000_000), "200000");

    public static final Setting<Integer> READERS = Setting.of("sqlite.readers", Kind.integer(1, 64), "2");
    public static final Setting<Duration> QUERY_TIMEOUT = Setting.of("sqlite.query_timeout", Kind.DURATION, "30s");
    public static final Setting<Duration> BUSY_TIMEOUT = Setting.of("sqlite.busy_timeout", Kind.DURATION, "5s");
    public static final Setting<Integer> VALUES_PER_DAY =
            Setting.of("sqlite.values_per_day", Kind.integer(1, ANY), "5000");
    public static final Setting<Integer> TEXTS_PER_DAY =
            Setting.of("sqlite.texts_per_day", Kind.integer(1, ANY), "200000");

    /** Requests a second of one address; 0: any number. */
    public static final Setting<Integer> RATE_LIMIT = Setting.of("http.rate_limit", Kind.integer(0, ANY), "50");

    public static final Setting<Integer> BURST = Setting.of("http.burst", Kind.integer(1, ANY), "200");

    /** Beacons a second of one site; 0: any number. */
    public static final Setting<Integer> SITE_RATE_LIMIT =
            Setting.of("http.site_rate_limit", Kind.integer(0, ANY), "0");

    public static final Setting<Integer> CONNECTIONS = Setting.of("http.connections", Kind.integer(1, ANY), "20000");
    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            Setting.of("http.connections_per_address", Kind.integer(1, ANY), "1000");
    public static final Setting<Duration> REQUEST_TIME = Setting.of("http.request_time", Kind.DURATION, "10s");
    public static final Setting<Duration> IDLE_TIME = Setting.of("http.idle_time", Kind.DURATION, "60s");
    public static final Setting<Duration> CONFIRM_TIME = Setting.of("http.confirm_time", Kind.DURATION, "10s");

    /** Where beacons are posted and the script lies: ad blockers list the usual names. */
    public static final Setting<List<String>> COLLECT_PATHS =
            Setting.of("http.collect_paths", Kind.PATHS, "/api/collect");

    public static final Setting<List<String>> SCRIPT_PATHS = Setting.of("http.script_paths", Kind.PATHS, "/t.js");

    /** Addresses, networks and {@code loopback}: whose word about the client's address is believed. */
    public static final Setting<List<String>> TRUSTED_PROXIES =
            Setting.of("http.trusted_proxies", Kind.TEXTS, "loopback");

    public static final Setting<String> FORWARDED_HEADER =
            Setting.of("http.forwarded_header", Kind.oneOf("x-forwarded-for", "forwarded"), "x-forwarded-for");
    public static final Setting<String> GEO_HEADERS = Setting.of(
            "http.geo_headers", Kind.oneOf("none", "cloudflare", "vercel", "cloudfront", "fly", "fastly"), "none");
    public static final Setting<Path> TLS_CERTIFICATE = Setting.of("http.tls_certificate", Kind.FILE, null);
    public static final Setting<Path> TLS_KEY = Setting.of("http.tls_key", Kind.FILE, null);
    public static final Setting<Boolean> ACCESS_LOG = Setting.of("http.access_log", Kind.FLAG, "false");

    /** All of them, in the order in which they are shown. */
    public static final List<Setting<?>> ALL = List.of(
            DATA,
            HOST,
            PORT,
            ADMIN_PORT,
            PUBLIC_URL,
            ACK,
            SYNC,
            RING_SLOTS,
            RING_BYTES,
            MAX_BATCH,
            VISIT_TIMEOUT,
            OPEN_VISITS,
            READERS,
            QUERY_TIMEOUT,
            BUSY_TIMEOUT,
            VALUES_PER_DAY,
            TEXTS_PER_DAY,
            RATE_LIMIT,
            BURST,
            SITE_RATE_LIMIT,
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            REQUEST_TIME,
            IDLE_TIME,
            CONFIRM_TIME,
            COLLECT_PATHS,
            SCRIPT_PATHS,
            TRUSTED_PROXIES,
            FORWARDED_HEADER,
            GEO_HEADERS,
            TLS_CERTIFICATE,
            TLS_KEY,
            ACCESS_LOG);
}
