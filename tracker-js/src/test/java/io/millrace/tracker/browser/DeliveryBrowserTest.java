package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How events reach a server that is slow, away, or cannot be reached. */
class DeliveryBrowserTest extends TrackerBrowserTest {
    private static final String KEPT = "localStorage.millrace_queue";

    private List<Object> names() {
        return recorder.events("event").stream().map(e -> e.get("name")).toList();
    }

    @Test
    void aBurstOfFiftyEventsTakesAtMostFiveRequests() {
        Tab tab = counted("/a");
        int before = recorder.posts().size();
        tab.js("for (let i = 0; i < 50; i++) millrace('event', 'e' + i)");
        recorder.await(50, "event");
        assertThat(recorder.posts().size() - before).isLessThanOrEqualTo(5);
        assertThat(names()).doesNotHaveDuplicates().hasSize(50);
        assertSilent(tab);
    }

    @Test
    void retryAfterIsObeyed() {
        Tab tab = counted("/a");
        recorder.answerNext(Recorder.Answer.retryAfter(503, 2), Recorder.Answer.retryAfter(429, 2));
        tab.js("millrace('event', 'patient')");
        recorder.await(3, "event");
        List<Recorder.Post> posts = recorder.posts().subList(1, 4);
        assertThat(Duration.ofNanos(posts.get(1).nanoTime() - posts.get(0).nanoTime()))
                .isBetween(Duration.ofMillis(1950), Duration.ofMillis(4000));
        assertThat(Duration.ofNanos(posts.get(2).nanoTime() - posts.get(1).nanoTime()))
                .isBetween(Duration.ofMillis(1950), Duration.ofMillis(4500));
        assertThat(recorder.events("event")).extracting(e -> e.get("attempt")).containsExactly(0L, 1L, 2L);
        assertThat(recorder.events("event"))
                .extracting(e -> e.get("id"))
                .containsOnly(recorder.events("event").get(0).get("id"));
    }

    @Test
    void whatTheServerRefusesIsNotSentAgain() {
        Tab tab = counted("/a", HASTE);
        recorder.answerNext(Recorder.Answer.of(400), Recorder.Answer.of(404), Recorder.Answer.of(422));
        for (int i = 1; i <= 3; i++) {
            tab.js("millrace('event', 'refused')");
            recorder.await(i, "event");
        }
        recorder.answerNext(new Recorder.Answer(
                202, Map.of("Content-Type", "application/json"), "{\"accepted\":0,\"rejected\":[{\"index\":0}]}"));
        tab.js("millrace('event', 'partial')");
        recorder.await(4, "event");
        tab.js("millrace('event', 'last')");
        recorder.await(5, "event");
        assertThat(names()).containsExactly("refused", "refused", "refused", "partial", "last");
        assertThat(tab.js("return " + KEPT)).isNull();
    }

    @Test
    void whatHappensOfflineIsSentWithItsAgeWhenThereIsANetworkAgain() {
        Tab tab = counted("/a", CLOCK, HASTE);
        tab.offline(true);
        tab.js("millrace('event', 'first'); own.shift += 100000; millrace('event', 'second')");
        tab.await(KEPT + " && JSON.parse(" + KEPT + ").length == 2");
        tab.js("own.shift += 200000");
        tab.offline(false);
        recorder.await(2, "event");
        assertThat(names()).containsExactly("first", "second");
        assertThat((Long) recorder.events("event").get(0).get("age")).isBetween(300_000L, 330_000L);
        assertThat((Long) recorder.events("event").get(1).get("age")).isBetween(200_000L, 230_000L);
        assertThat((Long) recorder.events("event").get(0).get("attempt")).isPositive();
        tab.await(KEPT + " === undefined");
    }

    @Test
    void aServerThatComesBackGetsWhatItMissed() throws IOException {
        Tab tab = counted("/a", HASTE);
        recorder.stop();
        for (int i = 0; i < 120; i++) {
            tab.js("millrace('event', 'missed')");
        }
        tab.await(KEPT + " && JSON.parse(" + KEPT + ").length == 100");
        recorder.restart();
        page("/b", tag(""), "");
        tab.go(url("/b"));
        recorder.await(100, "event");
        assertThat(recorder.events("event"))
                .extracting(e -> e.get("id"))
                .doesNotHaveDuplicates()
                .hasSize(100);
        tab.await(KEPT + " === undefined");
    }

    @Test
    void aServerThatComesBackIsNoticedWithoutAnotherPage() throws IOException {
        Tab tab = counted(
                "/a",
                HASTE,
                "(() => { const every = setInterval; window.setInterval = (fn, ms) => every(fn, ms / 10); })();");
        recorder.stop();
        tab.js("millrace('event', 'missed')");
        tab.await(KEPT);
        recorder.restart();
        recorder.await(1, "event");
        recorder.await(1, "heartbeat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete window.fetch; delete Window.prototype.fetch; window.fetch = undefined;",
                "window.fetch = () => { throw new Error('blocked') };",
                "window.fetch = () => Promise.reject(new TypeError('blocked'));"
            })
    void withoutFetchAnotherWayIsTaken(String blocked) {
        page("/a", tag(""), "");
        Tab tab = tab(HASTE, blocked).go(url("/a"));
        recorder.await(1, "pageview");
        tab.js("millrace('event', 'e')");
        recorder.await(1, "event");
        assertThat(recorder.posts()).allSatisfy(p -> assertThat(p.contentType()).isEqualTo("text/plain;charset=UTF-8"));
        assertSilent(tab);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }});"
                        + "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError') }});",
                "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };"
                        + "const full = new Proxy({}, {set() { throw new DOMException('full', 'QuotaExceededError') }, get() {}});"
                        + "Object.defineProperty(window, 'localStorage', {value: full});"
                        + "Object.defineProperty(window, 'sessionStorage', {value: full});",
            })
    void storageThatThrowsHarmsNothing(String broken) throws IOException {
        page("/a", tag("data-identity=local"), "");
        Tab tab = tab(HASTE, broken).go(url("/a"));
        recorder.await(1, "pageview");
        recorder.stop();
        tab.js("millrace('event', 'kept in memory')");
        tab.await("performance.now() > 2500");
        recorder.restart();
        tab.js("millrace('event', 'next')");
        recorder.await(2, "event");
        assertThat(names()).containsExactlyInAnyOrder("kept in memory", "next");
        assertSilent(tab);
    }

    @Test
    void aPropertyThatJsonCannotSayIsLeftOutAndTheEventIsSent() {
        Tab tab = counted("/a");
        tab.js("""
                const circle = {}; circle.circle = circle;
                const props = {plan: 'pro', seats: 3, trial: false, big: 5n, circle, list: [circle], nothing: undefined};
                millrace('event', 'bought', props, {revenue: {amount: 5n, currency: 'EUR'}});
                millrace('event', 'shown', Object.assign(document.body, {self: document.body}));
                """);
        recorder.await(2, "event");
        assertThat(names()).containsExactly("bought", "shown");
        assertThat(recorder.events("event").get(0))
                .containsEntry("props", Map.of("plan", "pro", "seats", 3L, "trial", false))
                .doesNotContainKey("revenue");
        assertSilent(tab);
    }

    @Test
    void whatWaitsIsSentWhenThePageGoes() {
        page("/a", tag(""), "");
        page("/b", "", "");
        Tab tab = tab().go(url("/a"));
        recorder.await(1, "pageview");
        tab.js("for (let i = 0; i < 12; i++) millrace('event', 'e' + i); location.href = '/b'");
        recorder.await(12, "event");
        assertThat(names()).doesNotHaveDuplicates().hasSize(12);
    }

    @Test
    void aPageThatIsLeftWhileItMustWaitKeepsItsEventsForTheNext() {
        Tab tab = counted("/a");
        page("/b", tag(""), "");
        recorder.answerNext(Recorder.Answer.retryAfter(503, 60));
        tab.js("millrace('event', 'held')");
        recorder.await(1, "event");
        tab.go(url("/b"));
        recorder.await(2, "event");
        assertThat(recorder.events("event").get(1))
                .containsEntry("name", "held")
                .containsEntry("attempt", 1L)
                .containsEntry("url", url("/a"));
    }
}
