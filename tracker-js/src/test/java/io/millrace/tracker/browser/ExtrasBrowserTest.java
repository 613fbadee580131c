package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code t.full.js} adds, and the ES module. */
class ExtrasBrowserTest extends TrackerBrowserTest {
    private static final String STAY = "addEventListener('click', e => e.target.closest('a') && e.preventDefault());"
            + "addEventListener('submit', e => e.preventDefault());";

    private Tab full(String attributes, String body) {
        page("/a", tag("t.full.js", attributes), body);
        Tab tab = tab(STAY).go(url("/a"));
        recorder.await(1, "pageview");
        return tab;
    }

    private Map<String, Object> clicked(String body) {
        Tab tab = full("", body);
        tab.click("#it");
        Map<String, Object> event = recorder.await(1, "event").get(0);
        assertSilent(tab);
        return event;
    }

    @Test
    void anOutboundLinkIsAnEvent() {
        assertThat(clicked("<a href='http://elsewhere.test/x'><b id=it>go</b></a>"))
                .containsEntry("name", "Outbound Link")
                .containsEntry("props", Map.of("url", "http://elsewhere.test/x"));
    }

    @Test
    void aDownloadIsAnEvent() {
        assertThat(clicked("<a id=it href='/paper.PDF?v=1'>paper</a>"))
                .containsEntry("name", "File Download")
                .containsEntry("props", Map.of("url", url("/paper.PDF?v=1")));
    }

    @Test
    void anyElementMaySayWhatItIs() {
        assertThat(clicked("<button data-millrace-event=Signup data-millrace-plan=pro data-millrace-paid-by=card>"
                        + "<i id=it>sign up</i></button>"))
                .containsEntry("name", "Signup")
                .containsEntry("props", Map.of("plan", "pro", "paidBy", "card"));
    }

    @Test
    void aFormSubmitIsAnEvent() {
        assertThat(clicked("<form id=order action=/order><button id=it>buy</button></form>"))
                .containsEntry("name", "Form Submit")
                .containsEntry("props", Map.of("form", "order"));
    }

    @Test
    void aFormMaySayWhatItIs() {
        assertThat(clicked("<form data-millrace-event=Order data-millrace-kind=book><button id=it>buy</button></form>"))
                .containsEntry("name", "Order")
                .containsEntry("props", Map.of("kind", "book"));
    }

    @Test
    void linksWithinTheSiteAreNoEvents() {
        Tab tab = full("", "<a id=in href='/b'>b</a><a id=js href='javascript:void 0'>js</a><p id=none>text</p>");
        tab.click("#in");
        tab.click("#js");
        tab.click("#none");
        tab.js("millrace('event', 'last')");
        assertThat(recorder.await(1, "event").get(0)).containsEntry("name", "last");
    }

    @Test
    void aPageThatIsNotFoundIsAnEvent() {
        pages().put(host, "/gone", 404, html("gone", tag("t.full.js", ""), ""), Map.of());
        tab().go(url("/gone"));
        assertThat(recorder.await(1, "event").get(0))
                .containsEntry("name", "404")
                .containsEntry("props", Map.of("path", "/gone"));
    }

    @Test
    void affiliatesAreRememberedByOption() {
        page("/first", tag("t.full.js", "data-affiliate=first"), "");
        page("/last", tag("t.full.js", "data-affiliate=last data-affiliate-days=10"), "");
        Tab tab = tab(CLOCK);
        visit(tab, "/first", 1);
        visit(tab, "/first?ref=ann", 2);
        visit(tab, "/first?via=bob", 3);
        visit(tab, "/last?via=bob", 4);
        visit(tab, "/last#/start?ref=eve", 5);
        tab.js("localStorage.millrace_ref = Date.now() - 1 + 'bob'");
        visit(tab, "/last", 6);
        assertThat(recorder.events("pageview"))
                .extracting(e -> e.get("ref"))
                .containsExactly(null, "ann", "ann", "bob", "eve", null);
    }

    private void visit(Tab tab, String path, int views) {
        tab.go(url(path));
        recorder.await(views, "pageview");
    }

    @Test
    void theModuleStartsWhenItIsToldTo() {
        String module = "<script type=module>import {init} from '" + recorder.origin() + "/millrace.js';"
                + "const m = init({site: 7, api: '" + recorder.origin() + "/api/collect', hash: false, extras: true});"
                + "m('event', 'from the module')</script>";
        page("/a", module, "<a id=it href='http://elsewhere.test/'>go</a>");
        Tab tab = tab(STAY).go(url("/a#x"));
        recorder.await(1, "event");
        tab.click("#it");
        List<Map<String, Object>> events = recorder.await(2, "event");
        assertThat(recorder.events("pageview").get(0))
                .containsEntry("site_id", 7L)
                .containsEntry("url", url("/a"));
        assertThat(events).extracting(e -> e.get("name")).containsExactly("from the module", "Outbound Link");
        assertThat(tab.js("return typeof millrace")).isEqualTo("undefined");
        assertSilent(tab);
    }
}
