package io.millrace.dashboard;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.engine.spi.Storage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An API over a running engine with one site, keys of each scope, and a clock that the test moves. */
@Timeout(60)
abstract class ApiFixture {
    /** The time that work takes is real and the clock stands still, so that a slow machine would use up quotas. */
    private static final DashboardSettings ENOUGH = DashboardSettings.DEFAULT
            .with()
            .groupTime(Duration.ofHours(1))
            .networkTime(Duration.ofHours(1))
            .build();

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-10T12:00:00Z"));
    final Storage storage = new MemoryStorage();
    Engine engine;
    Site site;
    ApiKeys keys;
    DashboardApi api;
    Client admin;
    Client reader;
    Client ingest;

    @BeforeEach
    void start() {
        engine = Engine.builder(storage).clock(now::get).start();
        site = engine.addSite(Site.of("example.com").withZone(ZoneId.of("Europe/Berlin")))
                .join();
        key("admin-key", Scope.ADMIN, 0);
        key("reader-key", Scope.READ, site.id());
        key("ingest-key", Scope.INGEST, site.id());
        keys = new ApiKeys(storage.accounts());
        api = new DashboardApi(asked(engine), keys, settings(), now::get, new PrometheusRegistry(), new StubOperator());
        Client anybody = new Client(api).with("content-type", "application/json");
        admin = anybody.key("admin-key");
        reader = anybody.key("reader-key");
        ingest = anybody.key("ingest-key");
    }

    /** The engine as the API sees it. */
    Engine asked(Engine running) {
        return running;
    }

    DashboardSettings settings() {
        return ENOUGH;
    }

    Key key(String key, Scope scope, int siteId) {
        Key added = new Key(0, Secrets.hash(key), scope, siteId, key, now.get().toEpochMilli(), 0);
        return engine.execute(w -> storage.accounts().saveKey(added)).join();
    }

    @AfterEach
    void stop() {
        api.close();
        engine.close(Duration.ofSeconds(5));
    }

    void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    void at(String instant) {
        now.set(Instant.parse(instant));
    }

    String path(String report) {
        return "/api/analytics/" + site.id() + "/" + report;
    }

    /** A page view of a visitor, now. */
    void view(String visitor, String path) {
        put(page(visitor, path));
    }

    BeaconBuilder page(String visitor, String path) {
        return Beacon.pageview(site.id())
                .url("https://example.com" + path)
                .visitorId(visitor)
                .address("192.0.2.7");
    }

    void put(BeaconBuilder beacon) {
        engine.collector().put(beacon.build()).join();
    }

    Affiliate affiliate(String slug, double rate, int days) {
        return engine.saveAffiliate(new Affiliate(0, site.id(), slug, slug, rate, Duration.ofDays(days)))
                .join();
    }

    Client.Answer refund(String json) {
        return ingest.send("POST", "/api/refunds", json);
    }

    Client.Answer convert(String json) {
        return ingest.send("POST", "/api/conversions", json);
    }
}
