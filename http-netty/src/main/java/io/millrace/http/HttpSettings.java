package io.millrace.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How the HTTP front-end is set up. Immutable; changed by {@link #with}. */
public final class HttpSettings {
    /** What is right for most: loopback, port 8080. */
    public static final HttpSettings DEFAULT = new Builder().build();

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

    /** What a client may use. Immutable; changed by {@link #with}. */
    public static final class Limits {
        /** What is right for most. */
        public static final Limits DEFAULT = new Builder().build();

        private final Builder b;

        private Limits(Builder b) {
            this.b = b;
        }

        /** A builder that starts from these. */
        public Builder with() {
            return b.copy();
        }

        /** Bytes of one body, compressed or not. */
        public int bodyBytes() {
            return b.bodyBytes;
        }

        /** Bytes of the request line. */
        public int lineBytes() {
            return b.lineBytes;
        }

        /** Bytes of all headers of a request. */
        public int headerBytes() {
            return b.headerBytes;
        }

        /** Open connections in all. */
        public int connections() {
            return b.connections;
        }

        /** Open connections of one address; loopback and trusted proxies are exempt. */
        public int connectionsPerAddress() {
            return b.connectionsPerAddress;
        }

        /** Requests of one connection that wait for their answers. */
        public int pipelined() {
            return b.pipelined;
        }

        /** Bytes of memory for requests that are not whole or not answered, in all. */
        public long unfinishedBytes() {
            return b.unfinishedBytes;
        }

        /** Bytes of memory for answers that clients have not read, in all; most of it is outside of the heap. */
        public long unsentBytes() {
            return b.unsentBytes;
        }

        /** From a request's first byte to its last. */
        public Duration requestTime() {
            return b.requestTime;
        }

        /** Between an answer and the next request. */
        public Duration idleTime() {
            return b.idleTime;
        }

        /** From admission to the commit; then the answer is "unconfirmed". */
        public Duration confirmTime() {
            return b.confirmTime;
        }

        /** Requests of one address (IPv6: one /64) a second; 0: any number. */
        public int requestsPerSecond() {
            return b.requestsPerSecond;
        }

        /** Requests of one address at once. */
        public int burst() {
            return b.burst;
        }

        /** Addresses that the rate is kept of at most. */
        public int addresses() {
            return b.addresses;
        }

        /** Beacons of one site a second; 0: any number. */
        public int siteRequestsPerSecond() {
            return b.siteRequestsPerSecond;
        }

        /** Beacons of all sites a second; 0: any number. */
        public int beaconsPerSecond() {
            return b.beaconsPerSecond;
        }

        /** Gathers settings. Not thread-safe. */
        public static final class Builder implements Cloneable {
            private int bodyBytes = 256 << 10;
            private int lineBytes = 16 << 10;
            private int headerBytes = 16 << 10;
            private int connections = 20_000;
            private int connectionsPerAddress = 1_000;
            private int pipelined = 128;
            private long unfinishedBytes = 32L << 20;
            private long unsentBytes = 32L << 20;
            private Duration requestTime = Duration.ofSeconds(10);
            private Duration idleTime = Duration.ofSeconds(60);
            private Duration confirmTime = Duration.ofSeconds(10);
            private int requestsPerSecond = 50;
            private int burst = 200;
            private int addresses = 100_000;
            private int siteRequestsPerSecond = 0;
            private int beaconsPerSecond = 0;

            private Builder() {}

            public Builder bodyBytes(int bodyBytes) {
                this.bodyBytes = bodyBytes;
                return this;
            }

            public Builder lineBytes(int lineBytes) {
                this.lineBytes = lineBytes;
                return this;
            }

            public Builder headerBytes(int headerBytes) {
                this.headerBytes = headerBytes;
                return this;
            }

            public Builder connections(int connections) {
                this.connections = connections;
                return this;
            }

            public Builder connectionsPerAddress(int connectionsPerAddress) {
                this.connectionsPerAddress = connectionsPerAddress;
                return this;
            }

            public Builder pipelined(int pipelined) {
                this.pipelined = pipelined;
                return this;
            }

            public Builder unfinishedBytes(long unfinishedBytes) {
                this.unfinishedBytes = unfinishedBytes;
                return this;
            }

            public Builder unsentBytes(long unsentBytes) {
                this.unsentBytes = unsentBytes;
                return this;
            }

            public Builder requestTime(Duration requestTime) {
                this.requestTime = requestTime;
                return this;
            }

            public Builder idleTime(Duration idleTime) {
                this.idleTime = idleTime;
                return this;
            }

            public Builder confirmTime(Duration confirmTime) {
                this.confirmTime = confirmTime;
                return this;
            }

            public Builder requestsPerSecond(int requestsPerSecond) {
                this.requestsPerSecond = requestsPerSecond;
                return this;
            }

            public Builder burst(int burst) {
                this.burst = burst;
                return this;
            }

            public Builder addresses(int addresses) {
                this.addresses = addresses;
                return this;
            }

            public Builder siteRequestsPerSecond(int siteRequestsPerSecond) {
                this.siteRequestsPerSecond = siteRequestsPerSecond;
                return this;
            }

            public Builder beaconsPerSecond(int beaconsPerSecond) {
                this.beaconsPerSecond = beaconsPerSecond;
                return this;
            }

            /** The settings. @throws IllegalArgumentException for a value that makes no sense */
            public Limits build() {
                if (bodyBytes < 1 || lineBytes < 64 || headerBytes < 64 || connections < 1 || pipelined < 1) {
                    throw new IllegalArgumentException("limits: too small");
                }
                return new Limits(copy());
            }

            private Builder copy() {
                try {
                    return (Builder) clone();
                } catch (CloneNotSupportedException e) {
                    throw new AssertionError(e);
                }
            }
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

    private final Builder b;

    private HttpSettings(Builder b) {
        this.b = b;
    }

    /** A builder that starts from these. */
    public Builder with() {
        return b.copy();
    }

    /** Address to listen on, IPv4 or IPv6. */
    public String host() {
        return b.host;
    }

    /** The name under which it stands in metrics, if there are several. */
    public String name() {
        return b.name;
    }

    /**
     * The names in {@code Host} that are answered, beside addresses; none: any. With some, no page of another name can
     * reach this server by making its own name resolve to it.
     */
    public List<String> hosts() {
        return b.hosts;
    }

    /** Port to listen on; 0: any free one. */
    public int port() {
        return b.port;
    }

    /** Event loops; one for every two cores is right. */
    public int loops() {
        return b.loops;
    }

    /** When a beacon is acknowledged. */
    public Ack ack() {
        return b.ack;
    }

    /**
     * Where beacons are posted; more than one, or others, because ad blockers list the usual ones; with none there are no
     * beacons at all, by no route.
     */
    public List<String> collectPaths() {
        return b.collectPaths;
    }

    /** Where the no-script pixel is. */
    public String pixelPath() {
        return b.pixelPath;
    }

    /** Whether the routes of other trackers (Plausible, Umami, GoatCounter) are served. */
    public boolean foreign() {
        return b.foreign;
    }

    /** What a client may use. */
    public Limits limits() {
        return b.limits;
    }

    /** Whose word is believed about a client. */
    public Trust trust() {
        return b.trust;
    }

    /** Null: plain HTTP. */
    public Tls tls() {
        return b.tls;
    }

    /** Whether each request is logged, one JSON object a line. */
    public boolean accessLog() {
        return b.accessLog;
    }

    /** Gathers settings. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private String name = "http";
        private String host = "127.0.0.1";
        private List<String> hosts = List.of();
        private int port = 8080;
        private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        private Ack ack = Ack.COMMITTED;
        private List<String> collectPaths = List.of("/api/collect");
        private String pixelPath = "/p.gif";
        private boolean foreign = true;
        private Limits limits = Limits.DEFAULT;
        private Trust trust = Trust.DEFAULT;
        private Tls tls;
        private boolean accessLog;

        private Builder() {}

        public Builder host(String host) {
            this.host = host;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder hosts(List<String> hosts) {
            this.hosts = List.copyOf(hosts);
            return this;
        }

        public Builder port(int port) {
            this.port = port;
            return this;
        }

        public Builder loops(int loops) {
            this.loops = loops;
            return this;
        }

        public Builder ack(Ack ack) {
            this.ack = ack;
            return this;
        }

        public Builder collectPaths(List<String> collectPaths) {
            this.collectPaths = List.copyOf(collectPaths);
            return this;
        }

        public Builder pixelPath(String pixelPath) {
            this.pixelPath = pixelPath;
            return this;
        }

        public Builder foreign(boolean foreign) {
            this.foreign = foreign;
            return this;
        }

        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        public Builder trust(Trust trust) {
            this.trust = trust;
            return this;
        }

        public Builder tls(Tls tls) {
            this.tls = tls;
            return this;
        }

        public Builder accessLog(boolean accessLog) {
            this.accessLog = accessLog;
            return this;
        }

        /** The settings. @throws IllegalArgumentException for a value that makes no sense */
        public HttpSettings build() {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port);
            }
            if (loops < 1) {
                throw new IllegalArgumentException("loops: " + loops);
            }
            return new HttpSettings(copy());
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
