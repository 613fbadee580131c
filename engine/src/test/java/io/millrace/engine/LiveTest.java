package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is on a site now. */
class LiveTest extends EngineFixture {

    private void heartbeat() {
        put(Beacon.of(site.id(), Beacon.Type.HEARTBEAT).visitorId("v1"));
    }

    @Test
    void aVisitorIsLiveForFiveMinutes() {
        put(page("/pricing"));
        assertThat(engine.live(site.id())).extracting(LiveVisitor::page).containsExactly("/pricing");
        clock.advance(Duration.ofMinutes(5));
        assertThat(engine.live(site.id())).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(engine.live(site.id())).isEmpty();
    }

    @Test
    void aVisitorIsGoneAfterFiveMinutesThoughTheClockWasSetBackByAnHour() {
        put(page("/pricing"));
        clock.advance(Duration.ofHours(-1));
        put(page("/other").visitorId("v2"));
        engine.execute(writer -> null).join(); // behind the sweep that finds it out
        assertThat(engine.live(site.id()))
                .extracting(LiveVisitor::page)
                .containsExactlyInAnyOrder("/other", "/pricing");
        clock.advance(Duration.ofMinutes(4));
        put(page("/other").visitorId("v2"));
        clock.advance(Duration.ofMinutes(2));
        assertThat(engine.live(site.id())).extracting(LiveVisitor::page).containsExactly("/other");
    }

    @Test
    void oneThatSendsHeartbeatsIsGoneHalfAMinuteAfterTheLast() {
        put(page("/"));
        clock.advance(Duration.ofMinutes(6));
        heartbeat();
        assertThat(engine.live(site.id())).hasSize(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(engine.live(site.id())).isEmpty();
    }

    @Test
    void theMostRecentlyActiveComesFirstAndNobodyTwice() {
        put(page("/a"));
        clock.advance(Duration.ofSeconds(1));
        put(page("/b").visitorId("v2"));
        clock.advance(Duration.ofSeconds(1));
        put(page("/c"));
        assertThat(engine.live(site.id())).extracting(LiveVisitor::page).containsExactly("/c", "/b");
    }

    @Test
    void aRestartForgetsNobody() {
        put(page("/"));
        restart();
        assertThat(engine.live(site.id())).hasSize(1);
    }

    @Test
    void aVisitorThatIsNotLiveCanBeRemoved() {
        assertThat(engine.removeVisitor(site.id(), "nobody", writer -> 7).join())
                .isEqualTo(7);
    }

    @Test
    void theOthersStayWhenAVisitorIsRemoved() {
        put(page("/"));
        put(page("/other").visitorId("v2"));
        engine.removeVisitor(site.id(), "v2", writer -> null).join();
        assertThat(engine.live(site.id())).extracting(LiveVisitor::page).containsExactly("/");
    }

    @Test
    void aRemovedVisitorIsGoneAndComesBackWithANewVisit() {
        put(page("/"));
        assertThat(engine.removeVisitor(site.id(), "v1", writer -> "done").join())
                .isEqualTo("done");
        assertThat(engine.live(site.id())).isEmpty();
        long before = storage.writer().lastVisitId();
        put(page("/").sessionId("s"));
        assertThat(storage.writer().lastVisitId()).isGreaterThan(before);
    }

    @Test
    void sitesDoNotSeeEachOther() {
        Site other = engine.addSite(Site.of("example.org")).join();
        put(page("/"));
        assertThat(engine.live(other.id())).isEmpty();
    }

    @Test
    void whatHappensIsToldForHalfAnHourTheLatestFirst() {
        put(page("/a"));
        clock.advance(Duration.ofMinutes(1));
        heartbeat();
        put(Beacon.event(site.id(), "Signup").visitorId("v1").url("https://example.com/b"));
        assertThat(engine.recent(site.id())).extracting(LiveHit::page).containsExactly("/b", "/a");
        assertThat(engine.recent(site.id())).extracting(LiveHit::event).containsExactly("Signup", null);
        clock.advance(Duration.ofMinutes(29).plusMillis(1));
        assertThat(engine.recent(site.id())).extracting(LiveHit::page).containsExactly("/b");
        engine.removeVisitor(site.id(), "v1", writer -> null).join();
        assertThat(engine.recent(site.id())).isEmpty();
    }

    @Test
    void ofABusySiteTheLatestHitsAreTold() {
        for (int i = 0; i < 60; i++) {
            put(page("/" + i).visitorId("v" + i));
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(engine.recent(site.id()))
                .hasSize(50)
                .first()
                .extracting(LiveHit::page)
                .isEqualTo("/59");
        engine.removeSite(site.id()).join();
        assertThat(engine.recent(site.id())).isEmpty();
    }
}
