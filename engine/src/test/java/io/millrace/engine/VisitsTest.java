package io.millrace.engine;

import static io.millrace.engine.Metric.BOUNCES;
import static io.millrace.engine.Metric.DURATION;
import static io.millrace.engine.Metric.EVENTS;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.SESSIONS;
import static io.millrace.engine.Metric.VISITORS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What opens, extends and ends a visit. */
class VisitsTest extends EngineFixture {

    @Test
    void aFirstPageViewOpensAVisitThatIsABounce() {
        assertThat(put(page("/"))).isEqualTo(Outcome.STORED);
        assertThat(totals())
                .containsEntry(VISITORS, 1L)
                .containsEntry(SESSIONS, 1L)
                .containsEntry(PAGE_VIEWS, 1L)
                .containsEntry(BOUNCES, 1L)
                .containsEntry(DURATION, 0L);
    }

    @Test
    void aSecondPageViewExtendsIt() {
        put(page("/"));
        clock.advance(Duration.ofMinutes(10));
        put(page("/pricing"));
        assertThat(totals())
                .containsEntry(SESSIONS, 1L)
                .containsEntry(PAGE_VIEWS, 2L)
                .containsEntry(BOUNCES, 0L)
                .containsEntry(DURATION, 600L);
        assertThat(totals(Filter.is(Dimension.ENTRY_PAGE, "/"), Filter.is(Dimension.EXIT_PAGE, "/pricing")))
                .containsEntry(SESSIONS, 1L);
    }

    @Test
    void aGapOverTheTimeoutStartsAnotherVisitOfTheSameVisitor() {
        put(page("/").sessionId("s"));
        clock.advance(Duration.ofMinutes(31));
        put(page("/").sessionId("s"));
        assertThat(totals()).containsEntry(SESSIONS, 2L).containsEntry(VISITORS, 1L);
    }

    @Test
    void aVisitEndsAfterADayWhateverHappens() {
        for (int i = 0; i <= 24 * 3; i++) {
            put(page("/" + i));
            clock.advance(Duration.ofMinutes(20));
        }
        assertThat(totals()).containsEntry(SESSIONS, 2L);
    }

    @Test
    void anotherVisitorUnderTheSameSessionIdIsAnotherVisit() {
        put(page("/").sessionId("s"));
        put(page("/").sessionId("s").visitorId("v2"));
        assertThat(totals()).containsEntry(SESSIONS, 2L).containsEntry(VISITORS, 2L);
    }

    @Test
    void midnightDoesNotSplitAVisit() {
        clock.set("2026-03-10T23:50:00Z");
        put(page("/"));
        clock.advance(Duration.ofMinutes(20));
        put(page("/late"));
        assertThat(totals()).containsEntry(SESSIONS, 1L);
    }

    @Test
    void midnightDoesNotSplitACookielessVisitEither() {
        clock.set("2026-03-10T23:50:00Z");
        for (int i = 0; i < 6; i++) {
            put(page("/" + i).visitorId(null).address("203.0.113.7").userAgent("Mozilla/5.0"));
            clock.advance(Duration.ofMinutes(15));
        }
        assertThat(totals()).containsEntry(SESSIONS, 1L).containsEntry(VISITORS, 1L);
    }

    @Test
    void aCookielessVisitorWhoComesBackAfterYesterdaysVisitIsOverOpensOneVisit() {
        clock.set("2026-03-10T23:50:00Z");
        for (int minutes : new int[] {20, 32, 2, 2}) {
            put(page("/").visitorId(null).address("203.0.113.7").userAgent("Mozilla/5.0"));
            clock.advance(Duration.ofMinutes(minutes));
        }
        assertThat(totals()).containsEntry(SESSIONS, 2L).containsEntry(PAGE_VIEWS, 4L);
    }

    @Test
    void theNextDayACookielessVisitorIsSomebodyElse() {
        put(page("/").visitorId(null).address("203.0.113.7").userAgent("Mozilla/5.0"));
        clock.advance(Duration.ofDays(1));
        put(page("/").visitorId(null).address("203.0.113.7").userAgent("Mozilla/5.0"));
        assertThat(totals()).containsEntry(VISITORS, 2L);
    }

    @Test
    void aCookielessSiteDropsTheIdsOfClients() {
        engine.updateSite(site.withCookieless(true)).join();
        put(page("/").visitorId("a").address("203.0.113.7").userAgent("Mozilla/5.0"));
        put(page("/").visitorId("b").address("203.0.113.7").userAgent("Mozilla/5.0"));
        assertThat(totals()).containsEntry(VISITORS, 1L);
    }

    @Test
    void aLateEventExtendsItsVisitAndChangesNeitherStartNorEntry() {
        put(page("/second"));
        put(page("/first").time(clock.millis() - 60_000).repeat(true));
        assertThat(totals(Filter.is(Dimension.ENTRY_PAGE, "/second"), Filter.is(Dimension.EXIT_PAGE, "/second")))
                .containsEntry(SESSIONS, 1L)
                .containsEntry(PAGE_VIEWS, 2L)
                .containsEntry(DURATION, 0L);
    }

    @Test
    void aLateEventFindsTheVisitOfItsOwnTime() {
        put(page("/morning"));
        clock.advance(Duration.ofHours(3));
        put(page("/afternoon"));
        put(page("/late").time(clock.millis() - Duration.ofHours(3).toMillis() + 60_000));
        assertThat(totals()).containsEntry(SESSIONS, 2L);
        assertThat(totals(Filter.is(Dimension.ENTRY_PAGE, "/morning"))).containsEntry(PAGE_VIEWS, 2L);
    }

    @Test
    void aVisitGoesOnAfterARestart() {
        put(page("/"));
        restart();
        put(page("/pricing"));
        assertThat(totals()).containsEntry(SESSIONS, 1L).containsEntry(PAGE_VIEWS, 2L);
    }

    @Test
    void aVisitThatLeftMemoryComesBackFromTheStorage() {
        settings = settings.with().openVisits(2).build();
        restart();
        for (int i = 0; i < 5; i++) {
            put(page("/").visitorId("v" + i));
        }
        for (int i = 0; i < 5; i++) {
            put(page("/again").visitorId("v" + i));
        }
        assertThat(totals()).containsEntry(SESSIONS, 5L).containsEntry(PAGE_VIEWS, 10L);
    }

    @Test
    void aCustomEventMakesItNoBounce() {
        put(page("/"));
        put(Beacon.event(site.id(), "Signup").url("https://example.com/").visitorId("v1"));
        assertThat(totals())
                .containsEntry(BOUNCES, 0L)
                .containsEntry(EVENTS, 1L)
                .containsEntry(SESSIONS, 1L);
    }

    @Test
    void tenSecondsOfEngagementMakeItNoBounce() {
        put(page("/").id("p1"));
        engage("p1", 9_000);
        assertThat(totals()).containsEntry(BOUNCES, 1L);
        engage("p1", 12_000);
        engage("p1", 11_000);
        assertThat(totals()).containsEntry(BOUNCES, 0L).containsEntry(Metric.ENGAGED, 12_000L);
    }

    @Test
    void engagementIsFoundAgainAfterARestart() {
        put(page("/").id("p1"));
        engage("p1", 9_000);
        restart();
        engage("p1", 10_000);
        assertThat(totals()).containsEntry(Metric.ENGAGED, 10_000L).containsEntry(BOUNCES, 0L);
    }

    @Test
    void engagementOfNoPageViewIsFiltered() {
        put(page("/").id("p1"));
        assertThat(engage("p2", 9_000).counter()).isEqualTo(Counter.FILTERED_NO_VISIT);
    }

    private Outcome engage(String view, long millis) {
        return put(Beacon.of(site.id(), Beacon.Type.ENGAGEMENT)
                .visitorId("v1")
                .view(view)
                .engagedMillis(millis)
                .scroll(50));
    }

    @Test
    void heartbeatsKeepAVisitOpenAndAreWrittenOnceAMinute() {
        put(page("/"));
        for (int i = 0; i < 120; i++) {
            clock.advance(Duration.ofSeconds(30));
            put(Beacon.of(site.id(), Beacon.Type.HEARTBEAT).visitorId("v1"));
        }
        put(page("/after-an-hour"));
        assertThat(totals()).containsEntry(SESSIONS, 1L).containsEntry(DURATION, 3_600L);
    }

    @Test
    void theLastHeartbeatIsWrittenAtTheEnd() {
        put(page("/"));
        clock.advance(Duration.ofSeconds(20));
        put(Beacon.of(site.id(), Beacon.Type.HEARTBEAT).visitorId("v1"));
        engine.close();
        assertThat(totals()).containsEntry(DURATION, 20L);
    }

    @Test
    void anAffiliateIsCountedOncePerVisit() {
        engine.saveAffiliate(new Affiliate(0, site.id(), "Bob", "Bob", 0.2, Duration.ofDays(60)))
                .join();
        put(page("/?ref=bob"));
        put(page("/pricing?via=BOB"));
        Report report = storage.reader()
                .affiliateVisits(new AffiliateQuery(
                        site.id(),
                        0,
                        new Period(0, Long.MAX_VALUE),
                        site.zone(),
                        AffiliateQuery.Group.ALL,
                        java.util.List.of(),
                        0));
        assertThat(report.rows().get(0).metrics()).containsExactly(1L, 1L);
    }
}
