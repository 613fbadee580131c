package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What browsers do each in their own way, in Firefox: the back-forward cache, beacons, fetch. Not among the tests of the
 * build: {@code tracker-js/firefox} runs it.
 */
@Timeout(300)
class InFirefox {
    /** A page of a visitor who has the focus, and a clock of the test's that goes on by 45 s while the page is away. */
    private static final String READER = """
            const now = Date.now.bind(Date);
            window.own = {shift: 0, away: false};
            Date.now = () => now() + own.shift;
            document.hasFocus = () => true;
            Object.defineProperty(navigator, 'webdriver', {value: false});
            const back = () => {
              if (own.away) { own.away = false; own.shift += 45000; }
            };
            addEventListener('pagehide', () => own.away = true, true);
            addEventListener('visibilitychange', () => document.hidden || back(), true);
            addEventListener('pageshow', back, true);
            """;

    @TempDir
    static Path profile;

    private static Firefox firefox;
    private static PageServer pages;
    private Recorder recorder;
    private Firefox.Tab tab;

    @BeforeAll
    static void start() throws Exception {
        firefox = Firefox.start(profile);
        firefox.beforeEveryPage(READER);
        pages = new PageServer();
    }

    @AfterAll
    static void stop() throws Exception {
        pages.close();
        firefox.close();
    }

    @BeforeEach
    void open() throws Exception {
        recorder = new Recorder();
        for (String path : List.of("/a", "/b")) {
            pages.put("one.test", path, BrowserTest.html(path, tag(), ""));
        }
        pages.put("two.test", "/", BrowserTest.html("elsewhere", "", ""));
        tab = firefox.open();
        tab.show();
    }

    @AfterEach
    void close() {
        tab.close();
        recorder.close();
    }

    private String tag() {
        return "<script defer src='" + recorder.origin() + "/t.js' data-site=1></script>";
    }

    private Firefox.Tab read(String path) {
        return tab.go(pages.url("one.test", path));
    }

    @Test
    void aPageOutOfTheBackForwardCacheIsAPageViewMoreAndItsTimeAwayIsNotRead() {
        read("/a");
        recorder.await(1, "pageview");
        // Firefox keeps no page that still waits for an answer.
        tab.await("performance.getEntriesByType('resource').some(r => r.initiatorType === 'fetch')");
        tab.js("own.kept = true; own.shift += 3000");
        tab.go(pages.url("two.test", "/"));
        long before = (Long) recorder.await(1, "engagement").get(0).get("engaged_ms");
        tab.back();
        List<Map<String, Object>> views = recorder.await(2, "pageview");
        tab.await("own.kept");
        tab.js("own.shift += 2000");
        tab.go(pages.url("two.test", "/"));
        recorder.await(e -> "engagement".equals(e.get("type"))
                && e.get("view").equals(views.get(1).get("id")));
        assertThat(before).isBetween(3000L, 20_000L);
        assertThat(recorder.events("engagement"))
                .extracting(e -> (Long) e.get("engaged_ms"))
                .allSatisfy(ms -> assertThat(ms).isLessThan(20_000L));
    }

    @Test
    void whatWaitsIsSentByBeaconWhenThePageGoes() {
        read("/a");
        recorder.await(1, "pageview");
        tab.js("for (let i = 0; i < 12; i++) millrace('event', 'e' + i); history.pushState(0, '', '/later'); 1");
        tab.go(pages.url("two.test", "/"));
        recorder.await(12, "event");
        assertThat(recorder.events("event")).extracting(e -> e.get("name")).doesNotHaveDuplicates();
        assertThat(recorder.posts()).allSatisfy(p -> assertThat(p.contentType()).isEqualTo("text/plain;charset=UTF-8"));
    }

    @Test
    void fetchNeedsNoPreflightAndOutlivesThePage() {
        read("/a");
        recorder.await(1, "pageview");
        tab.js("history.pushState(0, '', '/virtual'); setTimeout(() => document.title = 'Virtual', 120); 1");
        assertThat(recorder.await(2, "pageview").get(1))
                .containsEntry("title", "Virtual")
                .containsEntry("url", pages.url("one.test", "/virtual"));
        assertThat(recorder.posts()).allSatisfy(p -> assertThat(p.method()).isEqualTo("POST"));
        read("/b");
        assertThat(recorder.await(3, "pageview").get(2)).containsEntry("url", pages.url("one.test", "/b"));
    }

    @Test
    void aPropertyThatJsonCannotSayIsLeftOutAndTheEventIsSent() {
        read("/a");
        recorder.await(1, "pageview");
        tab.js("const circle = {}; circle.circle = circle; millrace('event', 'e', {plan: 'pro', big: 5n, circle}); 1");
        assertThat(recorder.await(1, "event").get(0)).containsEntry("props", Map.of("plan", "pro"));
    }

    @Test
    void aServerThatRefusesForAWhileIsNotAskedBeforeItsTimeAndGetsAllOnce() {
        read("/a");
        recorder.await(1, "pageview");
        recorder.answerNext(Recorder.Answer.retryAfter(503, 2), Recorder.Answer.retryAfter(429, 2));
        tab.js("millrace('event', 'late'); 1");
        List<Map<String, Object>> sent = recorder.await(3, "event");
        assertThat(sent).extracting(e -> e.get("attempt")).containsExactly(0L, 1L, 2L);
        assertThat(sent).extracting(e -> e.get("id")).containsOnly(sent.get(0).get("id"));
        assertThat(recorder.posts().get(3).nanoTime() - recorder.posts().get(1).nanoTime())
                .isGreaterThan(3_900_000_000L);
    }

    @Test
    void aPageThatIsLeftWhileItMustWaitKeepsItsEventsForTheNext() {
        read("/a");
        recorder.await(1, "pageview");
        recorder.answerNext(Recorder.Answer.retryAfter(503, 60));
        tab.js("millrace('event', 'kept'); 1");
        recorder.await(1, "event");
        read("/b");
        assertThat(recorder.await(2, "event").get(1)).containsEntry("name", "kept");
    }

    @Test
    void withoutFetchAnotherWayIsTaken() {
        read("/a");
        recorder.await(1, "pageview");
        tab.js("window.fetch = () => Promise.reject(new TypeError('blocked')); millrace('event', 'e'); 1");
        recorder.await(1, "event");
    }
}
