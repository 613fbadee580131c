package io.millrace.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerProcess;
import io.millrace.tracker.browser.Browser;
import io.millrace.tracker.browser.Tab;
import io.millrace.tracker.browser.WaitFor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with pages, and what is in the database afterwards. */
class RealServerBrowserTest extends ServerBrowserTest {
    private static final String KEPT = "localStorage.millrace_queue";
    private static final String OLD = "Object.defineProperty(window, 'navigation', {value: undefined});";

    @Test
    void aPageIsAVisitWithOnePageView() {
        page("/a", tag("data-identity=local"), "");
        tab().go(url("/a?utm_source=news"));
        assertThat(await(PATHS, 1)).containsExactly("/a");
        assertThat(server.rows("SELECT page_count FROM sessions")).containsExactly("1");
        assertThat(server.rows("SELECT name FROM visitors").get(0)).matches("[0-9a-z]{8,10}");
        assertThat(server.rows("SELECT title FROM v_page_views")).containsExactly("/a");
    }

    @Test
    void navigationWithinThePageIsOneVisit() {
        Tab tab = counted("/a");
        tab.js("history.pushState({}, '', '/b')");
        await(PATHS, 2);
        tab.js("history.replaceState({}, '', '/b'); history.back()");
        assertThat(await(PATHS, 3)).containsExactly("/a", "/b", "/a");
        assertThat(server.rows("SELECT page_count FROM sessions")).containsExactly("3");
        assertThat(server.rows("SELECT source FROM v_sessions")).containsExactly("Direct");
        assertSilent(tab);
    }

    @Test
    void aFrameworkMayPatchPushStateToo() {
        String patch = "const original = history.pushState; own = [];"
                + "history.pushState = function (...a) { own.push(this === history); return original.apply(this, a) };";
        Tab tab = counted("/a", OLD, patch);
        tab.js("const ours = history.pushState; history.pushState = function (...a) { return ours.apply(this, a) }");
        tab.js("history.pushState({}, '', '/b')");
        assertThat(await(PATHS, 2)).containsExactly("/a", "/b");
        assertThat(tab.js("return own")).isEqualTo(List.of(true));
        assertSilent(tab);
    }

    @Test
    void withTheHashOptionAHashIsAPath() {
        page("/a", tag("data-hash"), "");
        Tab tab = tab().go(url("/a#/one"));
        await(PATHS, 1);
        tab.js("location.hash = '/two'");
        assertThat(await(PATHS, 2)).containsExactly("/a#/one", "/a#/two");
    }

    @Test
    void aPageOutOfTheBackForwardCacheIsCountedAgain() {
        page("/b", tag(""), "");
        Tab tab = counted("/a");
        tab.js("window.own = 'kept'; location.href = '/b'");
        await(PATHS, 2);
        tab.back();
        assertThat(await(PATHS, 3)).containsExactly("/a", "/b", "/a");
        assertThat(tab.js("return window.own")).as("restored, not loaded").isEqualTo("kept");
    }

    @Test
    void aPrerenderedPageIsCountedWhenItIsShown() {
        String secure = Browser.SECURE_HOST;
        String rules =
                "<script type=speculationrules>{\"prerender\":[{\"urls\":[\"/n\",\"/never\"],\"eagerness\":\"immediate\"}]}</script>";
        pages().put(secure, "/s", html("s", tag(""), rules + "<a href=/n>n</a>"));
        pages().put(secure, "/n", html("n", tag(""), "<script>own = document.prerendering</script>"));
        pages().put(secure, "/never", html("never", tag(""), ""));
        Tab tab = tab().go(pages().url(secure, "/s"));
        await(PATHS, 1);
        new WaitFor(Duration.ofSeconds(10)).until(() -> pages().served(secure, "/never"), "prerendering");
        tab.await("performance.now() > 1000");
        tab.js("document.querySelector('a').click()");
        assertThat(await(PATHS, 2)).containsExactly("/s", "/n");
        assertThat(tab.js("return window.own")).as("was prerendered").isEqualTo(true);
    }

    @Test
    void aTabClosedInMidVisitHasSaidHowLongItWasRead() {
        Tab tab = counted("/a", CLOCK);
        tab.focus(true);
        tab.await("document.hasFocus()");
        tab.js("own.shift += 7000");
        tab.close();
        String engaged = "SELECT engaged_ms FROM page_views WHERE engaged_ms > 0";
        assertThat(Long.parseLong(await(engaged, 1).get(0))).isBetween(7000L, 30_000L);
        assertThat(server.rows("SELECT scroll FROM page_views")).containsExactly("100");
    }

    @Test
    void fiveMinutesOfflineAreMadeUpForWithTheRightTimes() {
        Tab tab = counted("/a", CLOCK, HASTE);
        shift(tab, 1000);
        tab.offline(true);
        tab.js("history.pushState({}, '', '/b')");
        tab.await("document.readyState == 'complete' && " + KEPT);
        shift(tab, 100_000);
        tab.js("millrace('event', 'bought')");
        tab.await(KEPT + " && JSON.parse(" + KEPT + ").length == 2");
        shift(tab, 200_000);
        tab.offline(false);
        await(EVENTS, 1);
        tab.await(KEPT + " === undefined");
        assertThat(server.rows(PATHS)).containsExactly("/a", "/b");
        assertThat(server.rows(EVENTS)).containsExactly("bought");
        long first = server.number("SELECT time FROM page_views ORDER BY time LIMIT 1");
        long second = server.number("SELECT time FROM page_views ORDER BY time DESC LIMIT 1");
        long third = server.number("SELECT time FROM events");
        assertThat(second - first).isBetween(500L, 20_000L);
        assertThat(third - second).isBetween(100_000L, 120_000L);
        assertThat(server.now() - third).isBetween(200_000L, 220_000L);
        assertThat(server.rows("SELECT page_count FROM sessions")).containsExactly("2");
    }

    /** Lets time pass, for the page and for the server. */
    private void shift(Tab tab, long millis) {
        tab.js("own.shift += arguments[0]", millis);
        server.putForward(millis);
    }

    @Test
    void aServerThatAsksForTwoSecondsGetsThem() {
        Tab tab = counted("/a");
        List<Long> times = Collections.synchronizedList(new java.util.ArrayList<>());
        proxy.network((body, request, upstream) -> {
            times.add(System.nanoTime());
            return times.size() == 1 ? answer("503 Service Unavailable\r\nRetry-After: 2") : upstream.send(request);
        });
        tab.js("millrace('event', 'patient')");
        assertThat(await(EVENTS, 1)).containsExactly("patient");
        assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
                .isBetween(Duration.ofMillis(1950), Duration.ofMillis(5000));
        assertThat(times).hasSize(2);
    }

    private static byte[] answer(String statusAndHeaders) {
        return ("HTTP/1.1 " + statusAndHeaders + "\r\nAccess-Control-Allow-Origin: *\r\n"
                        + "Access-Control-Expose-Headers: Retry-After\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aServerThatIsKilledAndComesBackGetsEverythingOnce() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (ServerProcess add = ServerProcess.serve(data)) {
            add.kill();
        }
        assertThat(ServerProcess.run("site", "add", "example.test", "--data", data.toString())
                        .code())
                .isZero();
        String count = "SELECT count(*) FROM v_page_views";
        Tab tab;
        try (ServerProcess first = ServerProcess.serve(data)) {
            proxy.target(URI.create(first.url()).getPort());
            page("/a", tag(""), "");
            tab = tab(HASTE).go(url("/a"));
            new WaitFor(Duration.ofSeconds(20)).until(() -> read(data, count) == 1, "the page view");
            first.kill();
        }
        tab.js("for (let i = 0; i < 30; i++) millrace('page', {url: location.origin + '/p' + i})");
        // The first page view may be among them: stored, but not acknowledged.
        tab.await(KEPT + " && JSON.parse(" + KEPT + ").length >= 30");
        try (ServerProcess second = ServerProcess.serve(data)) {
            proxy.target(URI.create(second.url()).getPort());
            page("/b", tag(""), "");
            tab.go(url("/b"));
            new WaitFor(Duration.ofSeconds(20)).until(() -> read(data, count) >= 32, "all page views");
            tab.await(KEPT + " === undefined");
            assertThat(read(data, count)).isEqualTo(32);
            assertThat(read(data, "SELECT count(DISTINCT pathname) FROM v_page_views"))
                    .isEqualTo(32);
        }
    }

    private static long read(Path data, String sql) {
        return LiveServer.number(data.resolve("millrace.db"), sql);
    }

    @Test
    void storageThatThrowsHarmsNothing() {
        String broken = "for (const name of ['localStorage', 'sessionStorage'])"
                + "Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }});";
        page("/a", tag("data-identity=local"), "");
        Tab tab = tab(broken).go(url("/a"));
        tab.js("millrace('event', 'e')");
        await(EVENTS, 1);
        assertThat(server.rows(PATHS)).containsExactly("/a");
        assertSilent(tab);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"window.fetch = undefined;", "window.fetch = () => Promise.reject(new TypeError('blocked'));"})
    void withoutFetchAnotherWayIsTaken(String blocked) {
        Tab tab = counted("/a", HASTE, blocked);
        tab.js("millrace('event', 'e')");
        assertThat(await(EVENTS, 1)).containsExactly("e");
        assertSilent(tab);
    }

    @Test
    void aBurstOfFiftyEventsTakesAtMostFiveRequests() {
        Tab tab = counted("/a");
        AtomicInteger requests = new AtomicInteger();
        proxy.network((body, request, upstream) -> {
            requests.incrementAndGet();
            return upstream.send(request);
        });
        tab.js("for (let i = 0; i < 50; i++) millrace('event', 'e' + i)");
        assertThat(await(EVENTS, 50)).hasSize(50).doesNotHaveDuplicates();
        assertThat(requests.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void whoOptsOutIsNotCountedAgain() {
        Tab tab = counted("/a");
        tab.js("millrace('optout'); millrace('event', 'e'); history.pushState({}, '', '/b')");
        tab.await("performance.now() > 1500");
        tab.go(url("/a"));
        tab.await("performance.now() > 700");
        assertThat(server.rows(PATHS)).containsExactly("/a");
        assertThat(server.rows(EVENTS)).isEmpty();
    }

    @Test
    void globalPrivacyControlIsHonouredByOption() {
        String gpc = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true});";
        page("/quiet", tag("data-dnt"), "");
        Tab tab = tab(gpc).go(url("/quiet"));
        tab.await("performance.now() > 700");
        tab.go(url("/quiet"));
        counted("/a", gpc);
        assertThat(server.rows(PATHS)).containsExactly("/a");
    }

    @Test
    void aFileWithDataDevIsAVisit() throws IOException {
        Path file = Files.writeString(directory.resolve("my page.html"), html("file", tag("data-dev"), ""));
        tab().go(file.toUri().toString());
        assertThat(await(PATHS, 1)).singleElement().asString().endsWith("/my page.html");
    }

    /** A page's own event, by this expression over {@code json} and {@code to}. */
    private Tab ownEvent(Tab tab, String expression) {
        tab.js("const json = JSON.stringify({site_id: 1, type: 'event', name: 'own', url: location.href});"
                + "const to = '" + proxy.origin() + "/api/collect';" + expression);
        assertThat(await(EVENTS, 1)).containsExactly("own");
        return tab;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "new Blob([json])",
                "new Blob([json], {type: 'application/json'})",
                "new Blob(['\\ufeff', json], {type: 'text/json;charset=utf-8'})"
            })
    void aPageMaySendItsOwnBeaconsAsABlobOfAnyType(String body) {
        assertSilent(ownEvent(counted("/a"), "navigator.sendBeacon(to, " + body + ")"));
    }

    @Test
    void aPageMayFetchWithItsCredentials() {
        Tab tab = ownEvent(
                counted("/a"),
                "fetch(to, {method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json'},"
                        + " body: json}).then((answer) => (window.status = answer.status))");
        tab.await("window.status === '202'");
        assertSilent(tab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "window.fetch = undefined;"})
    void aPageWhoseRequestsAreTracedIsCounted(String way) {
        String traced = "const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';"
                + "const {fetch} = window, {send} = XMLHttpRequest.prototype;"
                + "window.fetch = (to, how = {}) => fetch(to,"
                + " {...how, headers: {...how.headers, traceparent: trace, baggage: 'a=b'}});"
                + "XMLHttpRequest.prototype.send = function (body) {"
                + " this.setRequestHeader('traceparent', trace); return send.call(this, body) };";
        assertSilent(counted("/a", traced + way));
    }

    @Test
    void theServersAnswersLeaveAStrictPageSilent() {
        String policy = "default-src 'none'; img-src data:; script-src " + proxy.origin() + "; connect-src "
                + proxy.origin() + "; require-trusted-types-for 'script'; trusted-types 'none'";
        pages().put(host, "/a", 200, html("strict", tag(""), ""), Map.of("Content-Security-Policy", policy));
        ConcurrentLinkedQueue<String> methods = new ConcurrentLinkedQueue<>();
        proxy.network((body, request, upstream) -> {
            methods.add(new String(request, StandardCharsets.ISO_8859_1).split(" ")[0]);
            return upstream.send(request);
        });
        Tab tab = tab().go(url("/a"));
        tab.js("millrace('event', 'e'); millrace('event', 'bad', {a: {b: 1}}); history.pushState({}, '', '/b')");
        await(PATHS, 2);
        assertThat(methods).as("no preflight").doesNotContain("OPTIONS");
        assertSilent(tab);
        assertThat(tab.console()).filteredOn(line -> line.startsWith("SEVERE")).isEmpty();
    }
}
