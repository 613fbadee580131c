package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An event with an id is stored once, whatever the network does. */
class ExactlyOnceTest extends EngineFixture {

    @Test
    void aSecondAttemptIsADuplicate() {
        assertThat(put(page("/").id("e1"))).isEqualTo(Outcome.STORED);
        assertThat(put(page("/").id("e1").repeat(true))).isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void aFirstAttemptThatTheNetworkDoubledIsADuplicate() {
        put(page("/").id("e1"));
        assertThat(put(page("/").id("e1"))).isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void theSameIdOnAnotherSiteIsAnotherEvent() {
        Site other = engine.addSite(Site.of("example.org")).join();
        put(page("/").id("e1"));
        assertThat(put(Beacon.pageview(other.id())
                        .url("https://example.org/")
                        .visitorId("v1")
                        .id("e1")))
                .isEqualTo(Outcome.STORED);
    }

    @Test
    void aRepeatAfterARestartIsADuplicate() {
        put(page("/").id("e1"));
        restart();
        assertThat(put(page("/").id("e1").repeat(true))).isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void aFirstAttemptDoubledOverARestartIsADuplicateWhileItsVisitIsOpen() {
        put(page("/").id("e1"));
        restart();
        assertThat(put(page("/").id("e1"))).isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void aCookielessRepeatFromAnotherAddressIsADuplicate() {
        put(page("/").visitorId(null).address("203.0.113.7").userAgent("UA").id("e1"));
        assertThat(put(page("/")
                        .visitorId(null)
                        .address("198.51.100.9")
                        .userAgent("UA")
                        .id("e1")
                        .repeat(true)))
                .isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void aCookielessRepeatAcrossMidnightAndARestartIsADuplicate() {
        clock.set("2026-03-10T23:59:50Z");
        put(page("/").visitorId(null).address("203.0.113.7").userAgent("UA").id("e1"));
        restart();
        clock.advance(Duration.ofHours(2));
        long happened = clock.millis() - Duration.ofHours(2).toMillis() + 300;
        assertThat(put(page("/")
                        .visitorId(null)
                        .address("198.51.100.9")
                        .userAgent("UA")
                        .id("e1")
                        .time(happened)
                        .repeat(true)))
                .isEqualTo(Outcome.DUPLICATE);
        assertStoredOnce();
    }

    @Test
    void anEventWithoutAnIdIsNeverADuplicate() {
        put(page("/"));
        put(page("/"));
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 2L);
    }

    @Test
    void aLateEventIsStoredOnItsOwnDay() {
        long yesterday = Instant.parse("2026-03-09T10:00:00Z").toEpochMilli();
        put(page("/").id("late").time(yesterday).repeat(true));
        Report byDay =
                engine.query(Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), Metric.PAGE_VIEWS)
                        .by(Dimension.DAY, 0));
        assertThat(byDay.rows()).extracting(row -> row.values().get(0)).containsExactly("2026-03-09");
    }

    private void assertStoredOnce() {
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 1L);
        assertThat(engine.counters().total(Counter.DUPLICATE)).isEqualTo(1);
    }
}
