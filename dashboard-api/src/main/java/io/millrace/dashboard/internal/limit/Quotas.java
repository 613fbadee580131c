package io.millrace.dashboard.internal.limit;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import java.time.Duration;
import java.time.InstantSource;

/** How long the work of guests may take in a minute, of each group and of each network, on all pools. Thread-safe. */
public final class Quotas {
    private final TimeQuota groups;
    private final TimeQuota networks;

    /**
     * @param group of one link, of one site's public figures, of {@code /api/me}, of logging in
     * @param network of one network
     */
    public Quotas(Duration group, Duration network, InstantSource clock, Bounds bounds) {
        groups = new TimeQuota("groups", group, clock, bounds);
        networks = new TimeQuota("networks", network, clock, bounds);
    }

    /** Other shares from now on. */
    public void set(Duration group, Duration network) {
        groups.set(group);
        networks.set(network);
    }

    /** @throws ApiException 429 when the guest's group or network has had its share; users have none */
    void check(Claim claim) {
        if (!claim.user()) {
            groups.check(claim.group());
            networks.check(claim.network());
        }
    }

    void charge(Claim claim, long millis) {
        if (!claim.user()) {
            groups.charge(claim.group(), millis);
            networks.charge(claim.network(), millis);
        }
    }
}
