package io.millrace.dashboard;

/**
 * How the dashboard route is set up. Immutable.
 *
 * @param version of the build; part of every entity tag
 * @param readers threads that answer queries
 * @param queue queries that may wait for a reader; more are answered 503
 * @param secureCookies whether cookies are marked {@code Secure}: the server is reached by https
 */
public record DashboardSettings(String version, int readers, int queue, boolean secureCookies) {

    /** Two readers and room for 64 waiting queries. */
    public static final DashboardSettings DEFAULT = new DashboardSettings("dev", 2, 64, false);

    public DashboardSettings {
        if (readers < 1 || queue < 1) {
            throw new IllegalArgumentException("readers and queue must be at least 1");
        }
    }

    public DashboardSettings withVersion(String version) {
        return new DashboardSettings(version, readers, queue, secureCookies);
    }

    public DashboardSettings withReaders(int readers, int queue) {
        return new DashboardSettings(version, readers, queue, secureCookies);
    }

    public DashboardSettings withSecureCookies(boolean secure) {
        return new DashboardSettings(version, readers, queue, secure);
    }
}
