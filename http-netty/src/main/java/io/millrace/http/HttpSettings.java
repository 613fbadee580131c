package io.millrace.http;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTP front-end is set up. Immutable; changed by {@link #with}.
 *
 * @param name the name under which it stands in metrics, if there are several
 * @param host address to listen on, IPv4 or IPv6
 * @param hosts the names in {@code Host} that are answered, beside addresses; none: any. With some, no page of another name
 *     can reach this server by making its own name resolve to it
 * @param port port to listen on; 0: any free one
 * @param loops event loops; one for every two cores is right
 * @param ack when a beacon is acknowledged
 * @param collectPaths where beacons are posted; more than one, or others, because ad blockers list the usual ones; with none
 *     there are no beacons at all, by no route
 * @param pixelPath where the no-script pixel is
 * @param foreign whether the routes of other trackers (Plausible, Umami, GoatCounter) are served
 * @param limits what a client may use
 * @param trust whose word is believed about a client
 * @param tls null: plain HTTP
 * @param accessLog whether each request is logged, one JSON object a line
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, enableWither = false)
public record HttpSettings(
        String name,
        String host,
        List<String> hosts,
        int port,
        int loops,
        Ack ack,
        List<String> collectPaths,
        String pixelPath,
        boolean foreign,
        Limits limits,
        Trust trust,
        Tls tls,
        boolean accessLog) {

    /** What is right for most: loopback, port 8080. */
    public static final HttpSettings DEFAULT = HttpSettingsBuilder.builder()
            .name("http")
            .host("127.0.0.1")
            .hosts(List.of())
            .port(8080)
            .loops(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
            .ack(Ack.COMMITTED)
            .collectPaths(List.of("/api/collect"))
            .pixelPath("/p.gif")
            .foreign(true)
            .limits(Limits.DEFAULT)
            .trust(Trust.DEFAULT)
            .build();

    /** @throws IllegalArgumentException for a value that makes no sense */
    public HttpSettings {
        hosts = List.copyOf(hosts);
        collectPaths = List.copyOf(collectPaths);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        if (loops < 1) {
            throw new IllegalArgumentException("loops: " + loops);
        }
    }

    /** A builder that starts from these. */
    public HttpSettingsBuilder with() {
        return HttpSettingsBuilder.builder(this);
    }

    /** When a beacon is acknowledged. */
    public enum Ack {
        /** After the commit that holds it. */
        COMMITTED,
        /** When it has its slot. */
        ACCEPTED
    }

    /** The header that a trusted proxy names the client in. */
    public enum Forwarding {
        X_FORWARDED_FOR,
        FORWARDED
    }

    /** Whose headers say where a client is. */
    public enum Geo {
        NONE,
        CLOUDFLARE,
        VERCEL,
        CLOUDFRONT,
        FLY,
        FASTLY
    }

    /**
     * What a client may use. Immutable; changed by {@link #with}.
     *
     * @param bodyBytes bytes of one body, compressed or not
     * @param lineBytes bytes of the request line
     * @param headerBytes bytes of all headers of a request
     * @param connections open connections in all
     * @param connectionsPerAddress open connections of one address; loopback and trusted proxies are exempt
     * @param pipelined requests of one connection that wait for their answers
     * @param unfinishedBytes bytes of memory for requests that are not whole or not answered, in all
     * @param unsentBytes bytes of memory for answers that clients have not read, in all; most of it is outside of the heap
     * @param requestTime from a request's first byte to its last
     * @param idleTime between an answer and the next request
     * @param confirmTime from admission to the commit; then the answer is "unconfirmed"
     * @param requestsPerSecond requests of one address (IPv6: one /64) a second; 0: any number
     * @param burst requests of one address at once
     * @param addresses addresses that the rate is kept of at most
     * @param siteRequestsPerSecond beacons of one site a second, each 4 KiB of plain bytes counting as one more; 0: any number
     * @param beaconsPerSecond the same of all sites; 0: any number
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false, enableWither = false)
    public record Limits(
            int bodyBytes,
            int lineBytes,
            int headerBytes,
            int connections,
            int connectionsPerAddress,
            int pipelined,
            long unfinishedBytes,
            long unsentBytes,
            Duration requestTime,
            Duration idleTime,
            Duration confirmTime,
            int requestsPerSecond,
            int burst,
            int addresses,
            int siteRequestsPerSecond,
            int beaconsPerSecond) {

        /** What is right for most. */
        public static final Limits DEFAULT = HttpSettingsLimitsBuilder.builder()
                .bodyBytes(256 << 10)
                .lineBytes(16 << 10)
                .headerBytes(16 << 10)
                .connections(20_000)
                .connectionsPerAddress(1_000)
                .pipelined(128)
                .unfinishedBytes(32L << 20)
                .unsentBytes(32L << 20)
                .requestTime(Duration.ofSeconds(10))
                .idleTime(Duration.ofSeconds(60))
                .confirmTime(Duration.ofSeconds(10))
                .requestsPerSecond(50)
                .burst(200)
                .addresses(100_000)
                .build();

        /** @throws IllegalArgumentException for a value that makes no sense */
        public Limits {
            if (bodyBytes < 1 || lineBytes < 64 || headerBytes < 64 || connections < 1 || pipelined < 1) {
                throw new IllegalArgumentException("limits: too small");
            }
        }

        /** A builder that starts from these. */
        public HttpSettingsLimitsBuilder with() {
            return HttpSettingsLimitsBuilder.builder(this);
        }
    }

    /**
     * Whose word is believed.
     *
     * @param proxies addresses and networks (CIDR) of proxies; {@code loopback} stands for 127.0.0.0/8 and ::1
     * @param forwarding the one header that counts
     * @param geo the one vendor whose headers count
     */
    public record Trust(List<String> proxies, Forwarding forwarding, Geo geo) {
        public static final Trust DEFAULT = new Trust(List.of("loopback"), Forwarding.X_FORWARDED_FOR, Geo.NONE);

        public Trust {
            proxies = List.copyOf(proxies);
        }
    }

    /** Certificate chain and PKCS#8 key as PEM files; read again when they change. */
    public record Tls(Path certificate, Path key) {}
}
