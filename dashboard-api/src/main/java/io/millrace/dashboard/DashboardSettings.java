package io.millrace.dashboard;

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

    /** Gathers settings. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private String version = "dev";
        private int readers = 2;
        private int queue = 64;
        private boolean secureCookies;

        private Builder() {}

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

        /** The settings. @throws IllegalArgumentException for a value that makes no sense */
        public DashboardSettings build() {
            if (readers < 1 || queue < 1) {
                throw new IllegalArgumentException("readers and queue must be at least 1");
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
