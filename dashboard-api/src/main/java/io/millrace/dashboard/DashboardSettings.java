package io.millrace.dashboard;

import java.time.Duration;

/** How the dashboard route is set up. Immutable; changed by {@link #with}. */
public final class DashboardSettings {
    /** What is right for most. */
    public static final DashboardSettings DEFAULT = new Builder().build();

    private final Builder b;

    private DashboardSettings(Builder b) {
        this.b = b;
    }

    /** A builder that starts from these. */
    public Builder with() {
        return b.copy();
    }

    /** The version of the build; part of every entity tag. */
    public String version() {
        return b.version;
    }

    /** Threads that answer queries. */
    public int readers() {
        return b.readers;
    }

    /** Queries that may wait for a reader; more are answered 503. */
    public int queue() {
        return b.queue;
    }

    /** Whether cookies are marked {@code Secure}: the server is reached by https. */
    public boolean secureCookies() {
        return b.secureCookies;
    }

    /** Heap that answers of reports may hold, bytes. */
    public long cacheBytes() {
        return b.cacheBytes;
    }

    /**
     * How long a reader may work in a minute for one shared link, one site's public figures, or all who ask without a
     * log-in what a site holds of them.
     */
    public Duration groupTime() {
        return b.groupTime;
    }

    /** How long a reader may work in a minute for one network without a log-in: an IPv4 address, an IPv6 /64. */
    public Duration networkTime() {
        return b.networkTime;
    }

    /** How often one network may ask for a site's public figures in a minute. */
    public int publicRequests() {
        return b.publicRequests;
    }

    /** How many live streams may be open; a quarter of the places is kept for users. */
    public int streams() {
        return b.streams;
    }

    /** How many of them one network without a log-in may have. */
    public int streamsPerNetwork() {
        return b.streamsPerNetwork;
    }

    /** How many of them one shared link may have. */
    public int streamsPerLink() {
        return b.streamsPerLink;
    }

    /** The path of the script that pages load, for the tag that the page prints. */
    public String script() {
        return b.script;
    }

    /** Where beacons are taken, as the OpenAPI document says. */
    public CollectPaths collectPaths() {
        return b.collectPaths;
    }

    /** Gathers settings. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private String version = "dev";
        private int readers = 2;
        private int queue = 64;
        private boolean secureCookies;
        private CollectPaths collectPaths = CollectPaths.DEFAULT;
        private long cacheBytes = 24 << 20;
        private Duration groupTime = Duration.ofSeconds(20);
        private Duration networkTime = Duration.ofSeconds(10);
        private int publicRequests = 120;
        private int streams = 256;
        private int streamsPerNetwork = 4;
        private int streamsPerLink = 64;
        private String script = "/t.js";

        private Builder() {}

        public Builder script(String script) {
            this.script = script;
            return this;
        }

        public Builder version(String version) {
            this.version = version;
            return this;
        }

        public Builder readers(int readers) {
            this.readers = readers;
            return this;
        }

        public Builder queue(int queue) {
            this.queue = queue;
            return this;
        }

        public Builder secureCookies(boolean secureCookies) {
            this.secureCookies = secureCookies;
            return this;
        }

        public Builder cacheBytes(long cacheBytes) {
            this.cacheBytes = cacheBytes;
            return this;
        }

        public Builder groupTime(Duration groupTime) {
            this.groupTime = groupTime;
            return this;
        }

        public Builder networkTime(Duration networkTime) {
            this.networkTime = networkTime;
            return this;
        }

        public Builder publicRequests(int publicRequests) {
            this.publicRequests = publicRequests;
            return this;
        }

        public Builder streams(int streams) {
            this.streams = streams;
            return this;
        }

        public Builder streamsPerNetwork(int streamsPerNetwork) {
            this.streamsPerNetwork = streamsPerNetwork;
            return this;
        }

        public Builder streamsPerLink(int streamsPerLink) {
            this.streamsPerLink = streamsPerLink;
            return this;
        }

        public Builder collectPaths(CollectPaths collectPaths) {
            this.collectPaths = collectPaths;
            return this;
        }

        /** The settings. @throws IllegalArgumentException for a value that makes no sense */
        public DashboardSettings build() {
            if (readers < 1 || queue < 1) {
                throw new IllegalArgumentException("readers and queue must be at least 1");
            }
            if (cacheBytes < 0
                    || publicRequests < 1
                    || streams < 1
                    || streamsPerNetwork < 1
                    || streamsPerLink < 1
                    || groupTime.isNegative()
                    || networkTime.isNegative()) {
                throw new IllegalArgumentException("what callers without a log-in may take must not be negative");
            }
            return new DashboardSettings(copy());
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
