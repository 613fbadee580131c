package io.millrace.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTP front-end is set up. Immutable.
 *
 * @param host address to listen on, IPv4 or IPv6
 * @param port 0: any free one
 * @param loops event loops; one for every two cores is right
 * @param ack when a beacon is acknowledged
 * @param collectPaths where beacons are posted; more than one, or others, because ad blockers list the usual ones; with
 *     none there are no beacons at all, by no route
 * @param pixelPath where the no-script pixel is
 * @param foreign whether the routes of other trackers (Plausible, Umami, GoatCounter) are served
 * @param limits what a client may use
 * @param trust whose word is believed about a client
 * @param tls null: plain HTTP
 * @param accessLog whether each request is logged, one JSON object a line
 */
public record HttpSettings(
        String host,
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
     * What a client may use.
     *
     * @param bodyBytes one body, compressed or not
     * @param lineBytes the request line
     * @param headerBytes all headers of a request
     * @param connections open connections in all
     * @param connectionsPerAddress open connections of one address; loopback and trusted proxies are exempt
     * @param pipelined requests of one connection that wait for their answers
     * @param bufferedBytes bodies that have arrived in part, in all
     * @param requestTime from a request's first byte to its last
     * @param idleTime between an answer and the next request
     * @param confirmTime from admission to the commit; then the answer is "unconfirmed"
     * @param requestsPerSecond requests of one address (IPv6: one /64); 0: any number
     * @param burst requests of one address at once
     * @param addresses addresses that the rate is kept of at most
     * @param siteRequestsPerSecond beacons of one site; 0: any number
     */
    public record Limits(
            int bodyBytes,
            int lineBytes,
            int headerBytes,
            int connections,
            int connectionsPerAddress,
            int pipelined,
            long bufferedBytes,
            Duration requestTime,
            Duration idleTime,
            Duration confirmTime,
            int requestsPerSecond,
            int burst,
            int addresses,
            int siteRequestsPerSecond) {

        public static final Limits DEFAULT = new Limits(
                256 << 10,
                16 << 10,
                16 << 10,
                20_000,
                1_000,
                128,
                32L << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                50,
                200,
                100_000,
                0);

        public Limits {
            if (bodyBytes < 1 || lineBytes < 64 || headerBytes < 64 || connections < 1 || pipelined < 1) {
                throw new IllegalArgumentException("limits: too small");
            }
        }

        public Limits withRate(int perSecond, int atOnce) {
            return new Limits(
                    bodyBytes,
                    lineBytes,
                    headerBytes,
                    connections,
                    connectionsPerAddress,
                    pipelined,
                    bufferedBytes,
                    requestTime,
                    idleTime,
                    confirmTime,
                    perSecond,
                    atOnce,
                    addresses,
                    siteRequestsPerSecond);
        }

        public Limits withSiteRate(int perSecond) {
            return new Limits(
                    bodyBytes,
                    lineBytes,
                    headerBytes,
                    connections,
                    connectionsPerAddress,
                    pipelined,
                    bufferedBytes,
                    requestTime,
                    idleTime,
                    confirmTime,
                    requestsPerSecond,
                    burst,
                    addresses,
                    perSecond);
        }

        public Limits withConnections(int inAll, int ofAnAddress) {
            return new Limits(
                    bodyBytes,
                    lineBytes,
                    headerBytes,
                    inAll,
                    ofAnAddress,
                    pipelined,
                    bufferedBytes,
                    requestTime,
                    idleTime,
                    confirmTime,
                    requestsPerSecond,
                    burst,
                    addresses,
                    siteRequestsPerSecond);
        }

        public Limits withTimes(Duration request, Duration idle, Duration confirm) {
            return new Limits(
                    bodyBytes,
                    lineBytes,
                    headerBytes,
                    connections,
                    connectionsPerAddress,
                    pipelined,
                    bufferedBytes,
                    request,
                    idle,
                    confirm,
                    requestsPerSecond,
                    burst,
                    addresses,
                    siteRequestsPerSecond);
        }

        public Limits withBuffered(long bytes) {
            return new Limits(
                    bodyBytes,
                    lineBytes,
                    headerBytes,
                    connections,
                    connectionsPerAddress,
                    pipelined,
                    bytes,
                    requestTime,
                    idleTime,
                    confirmTime,
                    requestsPerSecond,
                    burst,
                    addresses,
                    siteRequestsPerSecond);
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

    /** What is right for most: loopback, port 8080. */
    public static final HttpSettings DEFAULT = new HttpSettings(
            "127.0.0.1",
            8080,
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Ack.COMMITTED,
            List.of("/api/collect"),
            "/p.gif",
            true,
            Limits.DEFAULT,
            Trust.DEFAULT,
            null,
            false);

    public HttpSettings {
        collectPaths = List.copyOf(collectPaths);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        if (loops < 1) {
            throw new IllegalArgumentException("loops: " + loops);
        }
    }

    public HttpSettings withAddress(String host, int port) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withLoops(int loops) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withAck(Ack ack) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withCollectPaths(List<String> paths) {
        return new HttpSettings(host, port, loops, ack, paths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withLimits(Limits limits) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withTrust(Trust trust) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withTls(Tls tls) {
        return new HttpSettings(
                host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, accessLog);
    }

    public HttpSettings withAccessLog(boolean on) {
        return new HttpSettings(host, port, loops, ack, collectPaths, pixelPath, foreign, limits, trust, tls, on);
    }
}
