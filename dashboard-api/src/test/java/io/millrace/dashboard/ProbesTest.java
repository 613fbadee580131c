package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import io.millrace.engine.Health;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import io.millrace.engine.spi.AccountStore.Scope;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProbesTest {
    private final StubEngine engine = new StubEngine(
            new StubStorage().key("admin", Scope.ADMIN, 0).key("reader", Scope.READ, 0),
            Site.of("example.com").withId(1));
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final DashboardApi api = new DashboardApi(
            engine,
            new ApiKeys(engine.storage().accounts()),
            DashboardSettings.DEFAULT,
            InstantSource.system(),
            registry);
    private final Client anybody = new Client(api);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysOneWordToAnybodyAndMoreToTheAdministrator() {
        assertThat(anybody.get("/healthz").text()).isEqualTo("ok\n");
        assertThat(anybody.get("/readyz").text()).isEqualTo("ready\n");
        engine.health(new Health(Health.State.STALLED, "disk full"));
        assertThat(anybody.get("/readyz").status()).isEqualTo(503);
        assertThat(anybody.get("/readyz").text()).isEqualTo("not ready\n");
        assertThat(anybody.get("/healthz").status()).isEqualTo(200);
        assertThat(anybody.key("admin").get("/readyz").at("reason")).isEqualTo("disk full");
        assertThat(anybody.key("reader").get("/readyz").text()).isEqualTo("not ready\n");
    }

    @Test
    void countsForPrometheus() {
        Gauge pages = Gauge.builder().name("storage_pages").register(registry);
        pages.set(7);
        engine.counters().add(Counter.RECEIVED, 1, 5);
        engine.counters().add(Counter.STORED, 1, 3);
        engine.counters().add(Counter.FILTERED_BOT, 1, 1);
        anybody.key("reader").get("/api/analytics/1/overview");
        anybody.key("reader").get("/api/analytics/1/overview");
        String text = anybody.key("admin").get("/metrics").text();
        assertThat(text)
                .contains("millrace_received_total 5.0\n")
                .contains("millrace_beacons_total{outcome=\"stored\",reason=\"stored\"} 3.0\n")
                .contains("millrace_beacons_total{outcome=\"filtered\",reason=\"bot\"} 1.0\n")
                .contains("millrace_in_flight 1.0\n")
                .contains("millrace_ring_slots_free 1024.0\n")
                .contains("millrace_health{state=\"running\"} 1.0\n")
                .contains("millrace_report_cache_loads_total{report=\"overview\"} 1.0\n")
                .contains("millrace_report_cache_hits_total{report=\"overview\"} 1.0\n")
                .contains("storage_pages 7.0\n")
                .doesNotContain("\r");
        assertThat(text.lines().filter(l -> l.startsWith("# TYPE")).toList()).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheCountersFromOthers() {
        assertThat(anybody.get("/metrics").status()).isEqualTo(401);
        assertThat(anybody.key("reader").get("/metrics").status()).isEqualTo(403);
    }

    @Test
    void answersWhatItHandlesAndNothingElse() {
        for (String path : List.of("/healthz", "/metrics", "/api/sites", "/api/sites/9/none", "/api/analytics/1/x")) {
            assertThat(api.find("GET", path)).as(path).isNotNull();
        }
        for (String path : List.of("/", "/t.js", "/api/collect", "/api/event", "/count", "/api", "/metrics/")) {
            assertThat(api.find("GET", path)).as(path).isNull();
        }
    }
}
