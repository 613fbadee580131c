package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The law, as counted and as persisted. */
class CountersTest extends EngineFixture {

    @Test
    void whatIsPersistedIsWhatWasCounted() {
        put(page("/").id("a"));
        put(page("/").id("a").repeat(true));
        engine.counters().add(Counter.RECEIVED, 0);
        engine.counters().add(Counter.REJECTED_MALFORMED, 0);
        engine.flush().join();
        assertThat(ledger(site.id()))
                .isEqualTo(Map.of(Counter.RECEIVED, 2L, Counter.STORED, 1L, Counter.DUPLICATE, 1L));
        assertThat(ledger(0)).isEqualTo(Map.of(Counter.RECEIVED, 1L, Counter.REJECTED_MALFORMED, 1L));
    }

    @Test
    void nothingIsPersistedTwiceOverARestart() {
        put(page("/"));
        restart();
        put(page("/"));
        engine.flush().join();
        engine.flush().join();
        assertThat(ledger(site.id())).containsEntry(Counter.RECEIVED, 2L);
    }

    private Map<Counter, Long> ledger(int siteId) {
        return storage.reader().ledger(siteId, 0, 1_000_000);
    }

    @Test
    void reasonsAreLabelsWithoutTheirGroup() {
        Map<Counter, String> reasons = new EnumMap<>(Counter.class);
        for (Counter c : Counter.values()) {
            reasons.put(c, c.reason());
        }
        assertThat(reasons)
                .containsEntry(Counter.FILTERED_NO_VISIT, "no_visit")
                .containsEntry(Counter.REJECTED_TOO_LARGE, "too_large")
                .containsEntry(Counter.SHED, "shed");
    }

    @Test
    void removingASiteRemovesItsEventsAndLeavesOthersAlone() {
        Site other = engine.addSite(Site.of("example.org")).join();
        put(page("/"));
        put(Beacon.pageview(other.id()).url("https://example.org/").visitorId("v"));
        engine.removeSite(site.id()).join();
        assertThat(engine.sites().all()).containsExactly(other);
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 0L);
    }
}
