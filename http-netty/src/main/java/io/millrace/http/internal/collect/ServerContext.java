package io.millrace.http.internal.collect;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiKeys;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.Sites;
import io.millrace.http.HttpSettings;
import io.millrace.http.StaticFiles;
import java.time.InstantSource;

/**
 * What all event loops share; every part of it is thread-safe.
 *
 * @param api null: there is no dashboard route
 * @param keys null: there are no keys
 * @param bounds where what grows is registered
 * @param ringSlots how many beacons the engine holds at once
 */
public record ServerContext(
        HttpSettings settings,
        Api api,
        ApiKeys keys,
        StaticFiles files,
        Collector collector,
        Sites sites,
        Counters counters,
        Bounds bounds,
        long ringSlots,
        RateLimiter addressRates,
        RateLimiter siteRates,
        RateLimiter allRates,
        InstantSource clock) {

    /** Other rates from now on. */
    public void setRates(HttpSettings.Limits limits) {
        int perSite = limits.siteRequestsPerSecond();
        addressRates.set(limits.requestsPerSecond(), limits.burst());
        siteRates.set(perSite, perSite);
        allRates.set(limits.beaconsPerSecond(), limits.beaconsPerSecond());
    }

    /** Takes what is needed from an engine that has just started, whose ring is still empty. */
    public static ServerContext of(
            HttpSettings settings, Api api, ApiKeys keys, StaticFiles files, Engine engine, InstantSource clock) {
        HttpSettings.Limits limits = settings.limits();
        int perSite = limits.siteRequestsPerSecond();
        return new ServerContext(
                settings,
                api,
                keys,
                files,
                engine.collector(),
                engine.sites(),
                engine.counters(),
                engine.bounds(),
                engine.remainingSlots(),
                new RateLimiter(limits.requestsPerSecond(), limits.burst(), limits.addresses()),
                new RateLimiter(perSite, perSite, limits.addresses()),
                new RateLimiter(limits.beaconsPerSecond(), limits.beaconsPerSecond(), 1),
                clock);
    }
}
