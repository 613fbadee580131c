package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What can no longer be told visit by visit is said, not left out. */
class RemovedVisitsTest extends ApiFixture {
    private Instant visitsFrom;

    /** What the storage answers instead. */
    private final Map<String, Supplier<?>> instead = new HashMap<>();

    /** The storage says that it has removed visits. */
    @Override
    Engine asked(Engine running) {
        visitsFrom = now.get().minus(Duration.ofDays(90));
        instead.put("visitsFrom", () -> visitsFrom.toEpochMilli());
        StorageReader reader = with(StorageReader.class, running.storage().reader(), instead);
        Storage pruned = with(Storage.class, running.storage(), Map.of("reader", () -> reader));
        return with(Engine.class, running, Map.of("storage", () -> pruned));
    }

    private static final String PAYMENT =
            "{\"external_id\":\"p1\",\"amount\":500,\"currency\":\"EUR\",\"visitor_id\":\"a\"}";

    private static <T> T with(Class<T> type, T of, Map<String, Supplier<?>> instead) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
            Supplier<?> other = instead.get(method.getName());
            return other == null ? method.invoke(of, args) : other.get();
        }));
    }

    @Test
    void aJourneySaysSinceWhenVisitsAreThere() {
        view("a", "/one");
        Client.Answer answer = reader.get(path("visitor-journey?visitorId=a"));
        assertThat(answer.at("visitsFrom")).isEqualTo("2025-12-10T13:00:00.000+01:00");
        assertThat(answer.at("visitor.totalSessions")).isEqualTo(1L);
    }

    @Test
    void theTimeToAConversionIsFromTheFirstVisitOfWhichAnythingIsLeft() {
        view("a", "/one");
        pass(Duration.ofDays(3));
        assertThat(convert(PAYMENT).status()).isEqualTo(201);
        instead.put("journeys", Map::of);
        Client.Answer answer = reader.get(path("conversions?period=30d"));
        assertThat(answer.at("visitsFrom")).isEqualTo("2025-12-10T13:00:00.000+01:00");
        assertThat(answer.at("conversions.0.timeToComplete")).isEqualTo(3 * 86_400L);
        assertThat((List<?>) answer.at("conversions.0.journey")).isEmpty();
    }

    @Test
    void aLinkForAPartDoesNotSayWhenTheVisitorCameFirst() {
        view("a", "/one");
        pass(Duration.ofDays(3));
        view("a", "/one");
        assertThat(convert(PAYMENT).status()).isEqualTo(201);
        String body = "{\"name\":\"Part\",\"filter\":\"page=/one\"}";
        Object token =
                admin.send("POST", "/api/sites/" + site.id() + "/links", body).at("token");
        Client.Answer answer = new Client(api).get("/api/shared/" + token + "/conversions?period=30d");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("conversions.0.external_id")).isEqualTo("p1");
        assertThat(answer.at("conversions.0.timeToComplete")).isNull();
    }

    @Test
    void anUnknownVisitorMayHaveBeenThereBefore() {
        Client.Answer answer = reader.get(path("visitor-journey?visitorId=x"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("error.code")).isEqualTo("visits_removed");
        assertThat(answer.at("error.message")).asString().contains("2025-12-10T13:00+01:00");
    }
}
