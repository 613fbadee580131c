package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Event;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whether what the pages of a site send arrives, and how it ends. Keeps nothing: the ledger, visitors of now and events that
 * were left out are all that it knows. Thread-safe.
 *
 * @param readers where it is read
 */
public record ArrivalAdmin(Engine engine, WorkerPool readers, InstantSource clock) {
    private static final int DAYS = 30;
    private static final int SAMPLES = 100;

    /** The last beacon that ended in a way; its time is that of the event. */
    record Last(
            OffsetDateTime time,
            @Nullable String hostname,
            @Nullable String path,
            @Nullable String browser) {}

    /**
     * A way in which beacons have ended.
     *
     * @param outcome the counter's name: {@code stored}, {@code filtered_hostname}, {@code rejected_field}
     * @param today how many did today, by the site's day
     * @param days30 how many did in 30 days
     * @param last null: it is not kept any more
     */
    record Arrival(
            String outcome,
            long today,
            long days30,
            @Nullable Last last) {}

    /**
     * How beacons of a site have ended.
     *
     * @param unknownSite beacons of today, by UTC, for sites that there are not, whoever sent them
     */
    record Arrivals(List<Arrival> arrivals, long unknownSite) {}

    public List<Operation> operations() {
        return List.of(Operation.get(
                        "/api/sites/{siteId}/arrivals",
                        Permission.READ,
                        "Whether what the pages of a site send arrives, how it ended in 30 days, and the last of each")
                .answers(Arrivals.class)
                .by(this::show));
    }

    private CompletableFuture<ApiResponse> show(Call call) {
        call.params().only(Set.of());
        Site site = call.site();
        return readers.submit(Claim.USER, () -> arrivals(site)).thenApply(answer -> ApiAnswers.json(200, answer));
    }

    private Arrivals arrivals(Site site) {
        StorageReader reader = engine.storage().reader();
        long now = clock.millis();
        int day = site.dayOf(now);
        Map<Counter, Long> today = reader.ledger(site.id(), day, day);
        Map<Counter, Long> all = reader.ledger(site.id(), day - DAYS + 1, day);
        List<Event> left = reader.filtered(site.id(), SAMPLES).stream()
                .map(kept -> kept.event())
                .toList();
        List<Arrival> arrivals = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            long n = all.getOrDefault(counter, 0L);
            if (counter.outcome() && n > 0) {
                Last last = counter == Counter.STORED ? latest(site) : latest(site, left, counter);
                arrivals.add(new Arrival(counter.label(), today.getOrDefault(counter, 0L), n, last));
            }
        }
        int utc = (int) Math.floorDiv(now, 86_400_000L);
        return new Arrivals(arrivals, reader.ledger(0, utc, utc).getOrDefault(Counter.REJECTED_SITE, 0L));
    }

    /** Who was counted last, while they are there. */
    private Last latest(Site site) {
        return engine.live(site.id()).stream()
                .max(Comparator.comparingLong(LiveVisitor::lastActivity))
                .map(v -> new Last(Times.at(v.lastActivity(), site.zone()), null, v.page(), v.browser()))
                .orElse(null);
    }

    private static Last latest(Site site, List<Event> left, Counter counter) {
        return left.stream()
                .filter(e -> e.filtered() == counter)
                .findFirst()
                .map(e -> new Last(
                        Times.at(e.time(), site.zone()),
                        e.hostname(),
                        e.path(),
                        e.agent().browser()))
                .orElse(null);
    }
}
