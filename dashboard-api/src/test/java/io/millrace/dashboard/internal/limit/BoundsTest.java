package io.millrace.dashboard.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.cache.ReportStore;
import io.millrace.dashboard.internal.cache.ReportStore.Body;
import io.millrace.dashboard.internal.cache.ReportTimes;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.Heap;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each structure that strangers can make grow is filled beyond its bound, and holds what it says it holds. */
@Timeout(120)
class BoundsTest {
    private static final int NAMES = 30_000;
    private final Bounds bounds = new Bounds();
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));

    private void fill(int times, IntConsumer each) {
        long before = Heap.live();
        for (int i = 0; i < times; i++) {
            each.accept(i);
        }
        long held = Heap.live() - before;
        long used = bounds.all().stream().mapToLong(b -> b.used().getAsLong()).sum();
        assertThat(used).as("full").isBetween(bounds.limit() * 9 / 10, bounds.limit() + bounds.limit() / 50);
        assertThat(held).as("what is really held of %s", bounds.all()).isLessThanOrEqualTo(bounds.limit());
    }

    @Test
    void holdsAThrottle() {
        Throttle throttle = new Throttle("test", 1, Duration.ofMinutes(5), clock, bounds);
        fill(NAMES, i -> throttle.count(Digest.of("network", i)));
    }

    @Test
    void holdsAttempts() {
        Attempts attempts = new Attempts("test", clock, bounds);
        fill(NAMES, i -> attempts.begin(Digest.of("network", i), Digest.of("name", i)));
    }

    @Test
    void holdsBrowsersThatHaveOpenedALink() {
        OpenedLinks opened = new OpenedLinks(clock, bounds);
        fill(NAMES, i -> opened.add(Digest.of("browser", i), i));
        assertThat(opened.has(Digest.of("browser", NAMES - 1), NAMES - 1)).isTrue();
        assertThat(opened.has(Digest.of("browser", NAMES - 1), 1)).isFalse();
    }

    @Test
    void holdsAQuota() {
        TimeQuota quota = new TimeQuota("test", Duration.ofSeconds(10), clock, bounds);
        fill(NAMES, i -> quota.charge(Digest.of("network", i), 10));
    }

    @Test
    void holdsAnswersOfReportsOfUsersAndOfGuests() {
        Bounds others = new Bounds();
        Quotas quotas = new Quotas(Duration.ofHours(1), Duration.ofHours(1), clock, others);
        try (WorkerPool pool = new WorkerPool("test", 2, 64, quotas, others)) {
            ReportStore store = new ReportStore(4 << 20, clock, bounds);
            ReportCache cache = new ReportCache(
                    "test", Duration.ofMinutes(1), "1", store, pool, clock, new ReportTimes(new PrometheusRegistry()));
            Claim guest = new Claim(false, Digest.of("link"), Digest.of("network"));
            fill(
                    8_000,
                    i -> cache.get(question("x".repeat(1_000) + i), i % 2 == 0 ? guest : Claim.USER)
                            .join());
        }
    }

    @Test
    void holdsFailuresOfReports() {
        Bounds others = new Bounds();
        Quotas quotas = new Quotas(Duration.ofHours(1), Duration.ofHours(1), clock, others);
        try (WorkerPool pool = new WorkerPool("test", 2, 64, quotas, others)) {
            ReportStore store = new ReportStore(4 << 20, clock, bounds);
            ReportCache cache = new ReportCache(
                    "test", Duration.ofMinutes(1), "1", store, pool, clock, new ReportTimes(new PrometheusRegistry()));
            Claim guest = new Claim(false, Digest.of("link"), Digest.of("network"));
            fill(
                    16_000,
                    i -> cache.get(question(null), i % 2 == 0 ? guest : Claim.USER)
                            .join());
        }
    }

    /** A question that nobody asked before; without a text it fails. */
    private static ReportCache.Load question(String text) {
        return new ReportCache.Load(new Object(), () -> "", () -> 0, false, () -> {
            if (text == null) {
                throw new ApiException(404, "not_found", "no such visitor");
            }
            return new Body("text/plain", text.getBytes(StandardCharsets.UTF_8));
        });
    }
}
