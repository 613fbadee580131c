package io.millrace.dashboard;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the dashboard route is set up. Immutable; changed by {@link #with}.
 *
 * @param version the version of the build; part of every entity tag
 * @param readers threads that answer queries
 * @param queue queries that may wait for a reader; more are answered 503
 * @param secureCookies whether cookies are marked {@code Secure}: the server is reached by https
 * @param cacheBytes heap that answers of reports may hold, bytes
 * @param groupTime how long a reader may work in a minute for one shared link, one site's public figures, or all who ask
 *     without a log-in what a site holds of them
 * @param networkTime how long a reader may work in a minute for one network without a log-in: an IPv4 address, an IPv6 /64
 * @param publicRequests how often one network may ask for a site's public figures in a minute
 * @param streams how many live streams may be open; a quarter of the places is kept for users
 * @param streamsPerNetwork how many of them one network without a log-in may have
 * @param streamsPerLink how many of them one shared link may have
 * @param publicUrl how browsers reach the server, without a slash at the end; null: as whoever asks has reached it
 * @param script the path of the script that pages load, for the tag that the page prints
 * @param places whether something tells where visitors are: headers or a database
 * @param stripeSecrets secrets of the endpoints that Stripe posts to, by site; empty: there are none
 * @param keyring what secrets are derived from; by default one that the process forgets
 * @param collectPaths where beacons are taken, as the OpenAPI document says
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, enableWither = false)
public record DashboardSettings(
        String version,
        int readers,
        int queue,
        boolean secureCookies,
        long cacheBytes,
        Duration groupTime,
        Duration networkTime,
        int publicRequests,
        int streams,
        int streamsPerNetwork,
        int streamsPerLink,
        String publicUrl,
        String script,
        boolean places,
        Map<Integer, List<String>> stripeSecrets,
        Keyring keyring,
        CollectPaths collectPaths) {

    /** What is right for most. */
    public static final DashboardSettings DEFAULT = DashboardSettingsBuilder.builder()
            .version("dev")
            .readers(2)
            .queue(64)
            .cacheBytes(24 << 20)
            .groupTime(Duration.ofSeconds(20))
            .networkTime(Duration.ofSeconds(10))
            .publicRequests(120)
            .streams(256)
            .streamsPerNetwork(4)
            .streamsPerLink(64)
            .script("/t.js")
            .places(true)
            .stripeSecrets(Map.of())
            .keyring(Keyring.random())
            .collectPaths(CollectPaths.DEFAULT)
            .build();

    /** @throws IllegalArgumentException for a value that makes no sense */
    public DashboardSettings {
        stripeSecrets = Map.copyOf(stripeSecrets);
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
    }

    /** A builder that starts from these. */
    public DashboardSettingsBuilder with() {
        return DashboardSettingsBuilder.builder(this);
    }
}
