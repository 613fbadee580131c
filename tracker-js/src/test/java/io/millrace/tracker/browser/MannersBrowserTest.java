package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tracker does not do, and what pages and visitors may ask of it. */
class MannersBrowserTest extends TrackerBrowserTest {
    private static final String AUTOMATED = "Object.defineProperty(navigator, 'webdriver', {value: true});";

    /** Opens a page that must stay uncounted, calls everything, and returns what it said. */
    private Object saidBy(String address, String tag, String... scripts) {
        page("/quiet", tag, "");
        pages().put("127.0.0.1", "/quiet", html("quiet", tag, ""));
        Tab tab = tab(scripts).go(address);
        tab.await("window.millrace");
        tab.js(
                "millrace('event', 'e'); millrace('page'); try { history.pushState(0, '', '/other') } catch { /* of a file */ }");
        Tab other = tab.cover();
        other.close();
        tab.show();
        tab.await("performance.now() > 700");
        assertThat(recorder.posts()).isEmpty();
        return tab.js("return faults()");
    }

    @Test
    void aStrictPageSeesNothingOfIt() {
        String policy = "default-src 'none'; img-src data:; script-src " + recorder.origin() + "; connect-src "
                + recorder.origin() + "; require-trusted-types-for 'script'; trusted-types 'none'";
        String body = "<a id=out href='http://elsewhere.test/x'>out</a><form><button>go</button></form>";
        for (String script : List.of("t.js", "t.full.js")) {
            pages().put(
                            host,
                            "/" + script,
                            200,
                            html("strict", tag(script, "data-identity=local data-affiliate=first"), body),
                            Map.of("Content-Security-Policy", policy));
            Tab tab = tab().go(url("/" + script));
            tab.await("window.millrace");
            tab.js("millrace('event', 'e', {a: 1}); millrace('nonsense'); millrace(); history.pushState(0, '', '#x')");
            tab.js(
                    "const loop = {}; loop.loop = loop; millrace('event', 'circular', loop); millrace('event', 'big', {n: 1n})");
            recorder.await(e -> "e".equals(e.get("name")));
            tab.js("document.querySelector('#out').addEventListener('click', e => e.preventDefault())");
            tab.js("document.querySelector('#out').click()");
            tab.cover().close();
            tab.show();
            tab.await("performance.now() > 1000");
            assertSilent(tab);
            assertThat(tab.console())
                    .filteredOn(line -> line.startsWith("SEVERE"))
                    .isEmpty();
        }
    }

    @Test
    void anAutomatedBrowserSaysThatItIsOneAndTheServerLeavesItOut() {
        page("/a", tag(""), "");
        tab(AUTOMATED).go(url("/a"));
        assertThat(recorder.await(1, "pageview").get(0)).containsEntry("webdriver", true);
    }

    @Test
    void aLocalPageIsNotCountedAndTheConsoleSaysWhy() {
        assertThat(saidBy(pages().url("127.0.0.1", "/quiet"), tag("")))
                .isEqualTo(List.of("info: millrace: no data-dev"));
    }

    @Test
    void aFileIsNotCountedAndTheConsoleSaysWhy(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("page.html"), html("file", tag(""), ""));
        assertThat(saidBy(file.toUri().toString(), tag(""))).isEqualTo(List.of("info: millrace: no data-dev"));
    }

    @Test
    void withDataDevBothAreCounted() {
        pages().put("127.0.0.1", "/dev", html("dev", tag("data-dev"), ""));
        tab(AUTOMATED).go(pages().url("127.0.0.1", "/dev"));
        assertThat(recorder.await(1, "pageview").get(0)).doesNotContainEntry("webdriver", true);
    }

    @Test
    void aFileIsCountedWithDataDev(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("page.html"), html("file", tag("data-dev"), ""));
        tab().go(file.toUri().toString());
        assertThat(recorder.await(1, "pageview").get(0))
                .containsEntry("url", file.toUri().toString());
    }

    @Test
    void aHostThatMerelyBeginsWith127IsAHost() {
        pages().put("127.shop.test", "/", html("shop", tag(""), ""));
        tab().go(pages().url("127.shop.test", "/"));
        recorder.await(1, "pageview");
    }

    @Test
    void aTagWithoutASiteSendsNothingAndTheConsoleSaysWhatIsMissing() {
        String tag = "<script defer src='" + recorder.origin() + "/t.js'></script>";
        assertThat(saidBy(url("/quiet"), tag)).isEqualTo(List.of("info: millrace: no data-site"));
        assertThat(saidBy(url("/quiet"), tag.replace("defer", "type=module")))
                .isEqualTo(List.of("info: millrace: no data-site"));
    }

    @Test
    void aTagThatIsAModuleCounts() {
        page("/a", tag("type=module"), "");
        Tab tab = tab().go(url("/a"));
        assertThat(recorder.await(1, "pageview").get(0)).containsEntry("site_id", "1");
        assertSilent(tab);
    }

    @Test
    void withDataDevTheConsoleShowsWhatWasRejectedAndWhatWasCleaned() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        String cleaned = "{\"accepted\":1,\"cleaned\":[{\"index\":0,\"field\":\"revenue\",\"reason\":\"unreadable\"}]}";
        String rejected = "{\"error\":{\"code\":\"unknown_site\",\"message\":\"no site 1\"}}";
        page("/dev", tag("data-dev"), "");
        Tab tab = tab().go(url("/dev"));
        recorder.await(1, "pageview");
        recorder.answerNext(new Recorder.Answer(202, json, cleaned), new Recorder.Answer(404, json, rejected));
        tab.js("millrace('event', 'Purchase', {}, {revenue: {amount: 'much', currency: 'EUR'}})");
        recorder.await(1, "event");
        tab.js("millrace('event', 'next')");
        tab.await("faults().length == 2");
        assertThat(tab.js("return faults()"))
                .isEqualTo(List.of("info: millrace: " + cleaned, "info: millrace: " + rejected));
    }

    @Test
    void privacySignalsAreHonouredByOption() {
        String gpc = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true});";
        String dnt = "Object.defineProperty(navigator, 'doNotTrack', {value: '1'});";
        assertThat(saidBy(url("/quiet"), tag("data-dnt"), gpc)).isEqualTo(List.of("info: millrace: dnt"));
        assertThat(saidBy(url("/quiet"), tag("data-dnt"), dnt)).isEqualTo(List.of("info: millrace: dnt"));
        counted("/plain", gpc, dnt);
    }

    @Test
    void whoOptsOutIsNotCountedAgain() {
        Tab tab = counted("/a");
        tab.js("millrace('event', 'waiting'); millrace('optout'); millrace('event', 'after')");
        tab.js("history.pushState(0, '', '/b')");
        tab.await("performance.now() > 1500");
        tab.go(url("/a"));
        tab.await("performance.now() > 700");
        assertThat(tab.js("return faults()")).isEqualTo(List.of("info: millrace: optout"));
        tab.go(url("/a"));
        assertThat(recorder.events()).hasSize(1);
        assertThat(tab.js("return Object.keys(localStorage)")).isEqualTo(List.of("millrace_off"));
    }

    @Test
    void aLinkOptsABrowserOut() {
        page("/a", tag(""), "");
        Tab tab = tab().go(url("/a#millrace_off"));
        tab.await("performance.now() > 700");
        assertThat(tab.js("return faults()")).isEqualTo(List.of("info: millrace: optout"));
        tab.go(url("/a"));
        tab.await("performance.now() > 700");
        assertThat(recorder.events()).isEmpty();
        tab.js("delete localStorage.millrace_off");
        tab.go(url("/a?2"));
        recorder.await(1, "pageview");
    }

    @Test
    void nothingIsStoredOnTheDeviceByDefault() {
        Tab tab = counted("/a");
        tab.js("millrace('event', 'e')");
        recorder.await(1, "event");
        assertThat(tab.js("return localStorage.length + sessionStorage.length + document.cookie.length"))
                .isEqualTo(0L);
    }

    @Test
    void idsAreGivenWhereTheSiteAsksForThem() {
        page("/a", tag("data-identity=local"), "");
        Tab tab = tab().go(url("/a"));
        recorder.await(1, "pageview");
        tab.go(url("/a"));
        recorder.await(2, "pageview");
        tab.close();
        tab().go(url("/a"));
        List<Map<String, Object>> views = recorder.await(3, "pageview");
        assertThat(views)
                .extracting(v -> v.get("visitor_id"))
                .doesNotContainNull()
                .containsOnly(views.get(0).get("visitor_id"));
        assertThat(views.get(1)).containsEntry("session_id", views.get(0).get("session_id"));
        assertThat(views.get(2).get("session_id"))
                .isNotNull()
                .isNotEqualTo(views.get(0).get("session_id"));
    }

    @Test
    void earlyCallsAreKeptAndBeforeSendSeesEveryEvent() {
        String early = """
                <script>
                millrace('event', 'early', {plan: 'pro'}, {revenue: {amount: 12.5, currency: 'EUR'}});
                millrace('beforeSend', event => {
                  if (event.name == 'secret') return null;
                  if (event.name == 'broken') throw new Error('of the page');
                  return {...event, url: event.url.replace(/token=[^&]*/, 'token=x')};
                });
                </script>
                """;
        page("/a", STUB + early + tag(""), "");
        Tab tab = tab().go(url("/a?token=s3cret"));
        tab.await("millrace.q === 0");
        tab.js("millrace('event', 'secret'); millrace('event', 'broken'); millrace('event', 'late')");
        recorder.await(2, "event");
        assertThat(recorder.events()).extracting(e -> e.get("url")).containsOnly(url("/a?token=x"));
        assertThat(recorder.events().get(0)).containsEntry("type", "pageview");
        assertThat(recorder.events("event")).extracting(e -> e.get("name")).containsExactly("early", "late");
        assertThat(recorder.events("event").get(0))
                .containsEntry("props", Map.of("plan", "pro"))
                .containsEntry("revenue", Map.of("amount", 12.5, "currency", "EUR"));
        assertSilent(tab);
    }
}
