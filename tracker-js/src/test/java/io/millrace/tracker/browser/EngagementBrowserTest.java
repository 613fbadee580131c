package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Engagement and heartbeats. */
class EngagementBrowserTest extends TrackerBrowserTest {
    /** Heartbeats fifty times as often. */
    private static final String FAST =
            "(() => { const every = setInterval; window.setInterval = (fn, ms) => every(fn, ms / 50); })();";

    /** Opens a page that has the focus and a clock of the test's. */
    private Tab reading() {
        Tab tab = counted("/a", CLOCK);
        tab.focus(true);
        tab.await("document.hasFocus()");
        return tab;
    }

    @Test
    void closingTheTabSaysHowLongThePageWasRead() {
        Tab tab = reading();
        tab.js("own.shift += 7000");
        tab.close();
        Map<String, Object> engagement = recorder.await(1, "engagement").get(0);
        assertThat(engagement)
                .containsEntry("view", recorder.events("pageview").get(0).get("id"))
                .containsEntry("scroll", 100L);
        assertThat((Long) engagement.get("engaged_ms")).isBetween(7000L, 20_000L);
    }

    @Test
    void hiddenTimeDoesNotCountAndTotalsGrow() {
        Tab tab = reading();
        tab.js("own.shift += 2000");
        Tab other = tab.cover();
        long first = (Long) recorder.await(1, "engagement").get(0).get("engaged_ms");
        other.close();
        tab.show();
        tab.focus(true);
        tab.await("!document.hidden && document.hasFocus()");
        tab.js("own.shift += 3000");
        tab.cover();
        long second = (Long) recorder.await(2, "engagement").get(1).get("engaged_ms");
        assertThat(first).isBetween(2000L, 10_000L);
        assertThat(second - first).isBetween(3000L, 10_000L);
        assertThat(recorder.events("engagement"))
                .extracting(e -> e.get("view"))
                .doesNotContainNull()
                .hasSize(2);
    }

    @Test
    void aMachineThatSleptIsNotAReader() {
        Tab tab = reading();
        tab.js("own.shift += 8 * 3600 * 1000");
        tab.close();
        assertThat((Long) recorder.await(1, "engagement").get(0).get("engaged_ms"))
                .isLessThan(90_000);
    }

    @Test
    void timeOnAnotherSiteIsNotTimeOnThePageThatBackRestores() {
        pages().put("elsewhere.test", "/", html("elsewhere", "", ""));
        String away = "addEventListener('visibilitychange', () => document.hidden || (own.shift += 45000), true);";
        page("/a", tag(""), "");
        Tab tab = tab(CLOCK, away).go(url("/a"));
        recorder.await(1, "pageview");
        tab.focus(true);
        tab.js("own.shift += 3000; own.kept = true");
        tab.go(pages().url("elsewhere.test", "/"));
        long before = (Long) recorder.await(1, "engagement").get(0).get("engaged_ms");
        tab.back();
        recorder.await(2, "pageview");
        assertThat(tab.js("return own.kept")).as("restored, not loaded").isEqualTo(true);
        tab.js("own.shift += 2000");
        tab.close();
        recorder.await(e -> "engagement".equals(e.get("type"))
                && e.get("view").equals(recorder.events("pageview").get(1).get("id")));
        assertThat(before).isBetween(3000L, 20_000L);
        assertThat(recorder.events("engagement"))
                .extracting(e -> (Long) e.get("engaged_ms"))
                .allSatisfy(ms -> assertThat(ms).isLessThan(20_000L));
    }

    @Test
    void aHiddenPageIsNotReadEvenWhereItsWindowSaysItHasTheFocus() {
        String focused = "document.hasFocus = () => true;"
                + "addEventListener('visibilitychange', () => document.hidden || (own.shift += 40000), true);";
        Tab tab = counted("/a", CLOCK, focused);
        tab.js("own.shift += 2000");
        Tab other = tab.cover();
        long first = (Long) recorder.await(1, "engagement").get(0).get("engaged_ms");
        other.close();
        tab.show();
        tab.await("own.shift > 40000");
        tab.js("own.shift += 3000");
        tab.cover();
        recorder.await(e -> "engagement".equals(e.get("type")) && (Long) e.get("engaged_ms") >= first + 3000);
        assertThat(recorder.events("engagement"))
                .extracting(e -> (Long) e.get("engaged_ms"))
                .allSatisfy(ms -> assertThat(ms).isBetween(2000L, 30_000L));
    }

    @Test
    void navigatingWithinThePageReportsTheViewThatIsLeft() {
        page("/a", tag(""), "<div style='height:10000px'></div>");
        Tab tab = tab(CLOCK).go(url("/a"));
        recorder.await(1, "pageview");
        tab.focus(true);
        tab.js("addEventListener('scroll', () => own.scrolled = scrollY); scrollTo(0, 5000)");
        tab.await("own.scrolled > 4000");
        tab.js("scrollTo(0, 0); own.shift += 1500; history.pushState(0, '', '/b')");
        Map<String, Object> engagement = recorder.await(1, "engagement").get(0);
        assertThat(engagement)
                .containsEntry("view", recorder.events("pageview").get(0).get("id"));
        assertThat((Long) engagement.get("scroll")).isBetween(40L, 70L);
    }

    @Test
    void heartbeatsComeWhileThePageIsShown() {
        Tab tab = counted("/a", FAST);
        recorder.await(3, "heartbeat");
        tab.cover();
        int before = settled();
        assertThat(settled()).as("none while hidden").isEqualTo(before);
        assertThat(recorder.events("heartbeat").get(0)).doesNotContainKey("id").containsEntry("url", url("/a"));
    }

    /** The number of heartbeats after as much time as several would take. */
    private int settled() {
        long until = System.nanoTime() + 1_000_000_000L;
        new WaitFor(java.time.Duration.ofSeconds(5)).until(() -> System.nanoTime() > until, "a second");
        return recorder.events("heartbeat").size();
    }

    @Test
    void noHeartbeatIsSentWhileOneIsUnderWay() {
        Tab tab = counted("/a", FAST);
        tab.js(
                "own = 0; const get = fetch; let under = 0; window.fetch = async (...args) => {"
                        + "own = Math.max(own, ++under); await new Promise(r => setTimeout(r, 900)); under--; return get(...args) }");
        int before = recorder.events("heartbeat").size();
        recorder.await(before + 2, "heartbeat");
        assertThat(tab.js("return own")).isEqualTo(1L);
        assertThat(recorder.posts()).allSatisfy(p -> assertThat(p.events()).hasSize(1));
        assertThat(recorder.events("heartbeat"))
                .extracting(e -> e.get("attempt"))
                .containsOnly(0L);
    }
}
