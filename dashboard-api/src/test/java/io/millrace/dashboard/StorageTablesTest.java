package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import io.millrace.engine.spi.AccountStore.Scope;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many bytes the tables take. */
@Timeout(30)
class StorageTablesTest {
    private final StubStorage storage =
            new StubStorage().key("admin", Scope.ADMIN, 0).key("site-admin", Scope.ADMIN, 1);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:30Z"));

    @Test
    void areLookedAtOnceInTenMinutesHoweverManyAsk() {
        StubEngine engine = new StubEngine(storage, Site.of("example.com").withId(1));
        ApiKeys keys = new ApiKeys(storage);
        try (DashboardApi api =
                new DashboardApi(engine, keys, DashboardSettings.DEFAULT, now::get, new PrometheusRegistry())) {
            Client admin = new Client(api).key("admin");
            Client.Answer answer = admin.get("/api/storage");
            assertThat(answer.text())
                    .isEqualTo(
                            "{\"bytes\":12288,\"free_bytes\":4096,\"tables\":[{\"name\":\"page_views\",\"bytes\":8192}]}");
            assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=600");
            admin.get("/api/storage");
            assertThat(storage.looks).hasValue(1);
            assertThat(admin.get("/api/storage?format=csv").text()).isEqualTo("name,bytes\r\npage_views,8192\r\n");
            assertThat(admin.get("/api/storage?table=bytes&format=csv").at("error.field"))
                    .isEqualTo("table");
            now.updateAndGet(t -> t.plus(Duration.ofMinutes(11)));
            admin.get("/api/storage");
            assertThat(storage.looks).hasValueGreaterThan(2);
            assertThat(new Client(api).key("site-admin").get("/api/storage").status())
                    .isEqualTo(403);
        }
    }
}
