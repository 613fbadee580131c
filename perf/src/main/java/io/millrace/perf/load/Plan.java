package io.millrace.perf.load;

import io.millrace.perf.net.Endpoint;
import io.millrace.perf.net.Tls;
import io.millrace.perf.traffic.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a run shall do. Immutable; {@link #with} begins another that differs. */
public final class Plan {
    private final Builder b;

    private Plan(Builder b) {
        this.b = b;
    }

    /**
     * A dashboard that is left open.
     *
     * @param paths what it asks for, with query
     * @param key bearer, or null
     * @param every from one round to the next
     * @param viewers how many of them
     */
    public record Dashboard(List<String> paths, String key, Duration every, int viewers) {}

    /** Page views of the project's own format to a site of a server, in the closed model, until told to end. */
    public static Builder to(Endpoint endpoint, String site) {
        return new Builder(endpoint, site);
    }

    /** Page views of the project's own format to a server on this machine, in the closed model. */
    public static Plan closed(int port, String site, int connections, Duration warmUp, Duration duration) {
        return to(Endpoint.local(port), site)
                .connections(connections)
                .warmUp(warmUp)
                .duration(duration)
                .build();
    }

    public Builder with() {
        return b.copy();
    }

    public Endpoint endpoint() {
        return b.endpoint;
    }

    /** Null: plain. */
    public Tls tls() {
        return b.tls;
    }

    /** The tracker that is imitated. */
    public Format.Name format() {
        return b.format;
    }

    /** As the tracker names it. */
    public String site() {
        return b.site;
    }

    /** The site's host name. */
    public String domain() {
        return b.domain;
    }

    /** Where to post to, or null: the tracker's own. */
    public String path() {
        return b.path;
    }

    /** More header lines for every request, each ended by CR LF, or empty. */
    public String headers() {
        return b.headers;
    }

    /** Events a request. */
    public int batch() {
        return b.batch;
    }

    public int connections() {
        return b.connections;
    }

    /** Arrivals of the open model, or null: the closed model. */
    public Pace pace() {
        return b.pace;
    }

    /** Not measured. */
    public Duration warmUp() {
        return b.warmUp;
    }

    /** Measured; null: until {@link #count}. */
    public Duration duration() {
        return b.duration;
    }

    /** At most so many requests, the warm-up included. */
    public long count() {
        return b.count;
    }

    /** Share of heartbeats among the events, 0 to below 1. */
    public double heartbeats() {
        return b.heartbeats;
    }

    /** The traffic's shape. */
    public long seed() {
        return b.seed;
    }

    /** The ids. */
    public long run() {
        return b.run;
    }

    /** What is polled meanwhile, or null. */
    public Dashboard dashboard() {
        return b.dashboard;
    }

    /** The server's process, or 0. */
    public long pid() {
        return b.pid;
    }

    /** The server's data directory, or null. */
    public Path data() {
        return b.data;
    }

    /** Gathers a plan. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private final Endpoint endpoint;
        private Tls tls;
        private Format.Name format = Format.Name.MILLRACE;
        private String site;
        private String domain = "example.com";
        private String path;
        private String headers = "";
        private int batch = 1;
        private int connections = 64;
        private Pace pace;
        private Duration warmUp = Duration.ZERO;
        private Duration duration;
        private long count = Long.MAX_VALUE;
        private double heartbeats;
        private long seed = 1;
        private long run = System.currentTimeMillis();
        private Dashboard dashboard;
        private long pid;
        private Path data;

        private Builder(Endpoint endpoint, String site) {
            this.endpoint = endpoint;
            this.site = site;
        }

        public Builder tls(Tls tls) {
            this.tls = tls;
            return this;
        }

        public Builder format(Format.Name format) {
            this.format = format;
            return this;
        }

        public Builder site(String site) {
            this.site = site;
            return this;
        }

        public Builder domain(String domain) {
            this.domain = domain;
            return this;
        }

        public Builder path(String path) {
            this.path = path;
            return this;
        }

        public Builder headers(String headers) {
            this.headers = headers;
            return this;
        }

        public Builder batch(int batch) {
            this.batch = batch;
            return this;
        }

        public Builder connections(int connections) {
            this.connections = connections;
            return this;
        }

        public Builder pace(Pace pace) {
            this.pace = pace;
            return this;
        }

        public Builder warmUp(Duration warmUp) {
            this.warmUp = warmUp;
            return this;
        }

        public Builder duration(Duration duration) {
            this.duration = duration;
            return this;
        }

        public Builder count(long count) {
            this.count = count;
            return this;
        }

        public Builder heartbeats(double heartbeats) {
            this.heartbeats = heartbeats;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder run(long run) {
            this.run = run;
            return this;
        }

        public Builder dashboard(Dashboard dashboard) {
            this.dashboard = dashboard;
            return this;
        }

        /** Whose processor time, memory and files are measured. */
        public Builder server(long pid, Path data) {
            this.pid = pid;
            this.data = data;
            return this;
        }

        public Plan build() {
            return new Plan(copy());
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
