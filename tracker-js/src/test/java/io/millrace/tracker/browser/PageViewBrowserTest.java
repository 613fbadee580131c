package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is a page view, and what is none. */
class PageViewBrowserTest extends TrackerBrowserTest {
    /** As if the browser had no Navigation API. */
    private static final String OLD = "Object.defineProperty(window, 'navigation', {value: undefined});";

    @Test
    void oneTagLoadsOneScriptAndCountsThePage() {
        page("/a", tag(""), "");
        Tab tab = tab().go(url("/a?x=1#part"));
        Map<String, Object> view = recorder.await(1, "pageview").get(0);
        assertThat(view)
                .containsEntry("site_id", "1")
                .containsEntry("url", url("/a?x=1"))
                .containsEntry("referrer", "")
                .containsEntry("title", "/a")
                .containsEntry("attempt", 0L)
                .containsEntry("age", 0L)
                .containsKeys("id", "language", "screen_width", "screen_height")
                .doesNotContainKeys("visitor_id", "session_id", "pathname", "ref");
        assertThat(recorder.loads()).containsExactly("t.js");
        assertThat(recorder.posts().get(0).method()).isEqualTo("POST");
        assertThat(recorder.posts().get(0).contentType()).isEqualTo("text/plain;charset=UTF-8");
        assertSilent(tab);
    }

    @Test
    void aSecondTagCountsNothing() {
        page("/a", tag("") + tag("data-second"), "");
        Tab tab = tab().go(url("/a"));
        tab.js("millrace('event', 'last')");
        recorder.await(1, "event");
        assertThat(paths()).containsExactly("/a");
    }

    @Test
    void navigationWithinThePageIsCountedWhenTheAddressChanges() {
        navigates(counted("/a"));
    }

    @Test
    void withoutTheNavigationApiNavigationWithinThePageIsCountedAllTheSame() {
        navigates(counted("/a", OLD));
    }

    private void navigates(Tab tab) {
        tab.js("history.pushState({}, '', '/b'); document.title = 'B'");
        recorder.await(2, "pageview");
        tab.js("history.replaceState({}, '', '/b'); history.pushState({}, '', '/b#part')");
        tab.js("history.replaceState({}, '', '/c')");
        recorder.await(3, "pageview");
        tab.js("history.go(-2)");
        recorder.await(4, "pageview");
        assertThat(paths()).containsExactly("/a", "/b", "/c", "/a");
        assertThat(recorder.events("pageview"))
                .extracting(e -> path(e.get("referrer")))
                .containsExactly("", "/a", "/b", "/c");
        assertThat(recorder.events("pageview").get(1)).containsEntry("title", "B");
        assertSilent(tab);
    }

    @Test
    void pushStateKeepsItsThisItsResultAndItsErrors() {
        Tab tab = counted("/a", OLD, "own = {};");
        assertThat(tab.js("try { history.pushState(() => 1, '', '/b') } catch (e) { return e.name }"))
                .isEqualTo("DataCloneError");
        assertThat(tab.js("try { History.prototype.pushState.call({}, 1, '', '/b') } catch (e) { return e.name }"))
                .isEqualTo("TypeError");
        assertThat(tab.js("return history.pushState.call(history, 1, '', '/c')"))
                .isNull();
        recorder.await(2, "pageview");
        assertThat(paths()).containsExactly("/a", "/c");
    }

    @Test
    void aFrameworkMayPatchPushStateToo() {
        String patch = """
                own = [];
                const patch = when => {
                  const original = history.pushState;
                  history.pushState = function (...args) {
                    own.push(when + (this === history));
                    return original.apply(this, args);
                  };
                };
                patch('before ');
                addEventListener('load', () => patch('after '));
                """;
        Tab tab = counted("/a", OLD, patch);
        tab.js("history.pushState({}, '', '/b')");
        recorder.await(2, "pageview");
        assertThat(tab.js("return own")).isEqualTo(List.of("after true", "before true"));
        assertThat(paths()).containsExactly("/a", "/b");
    }

    @Test
    void withTheHashOptionAHashIsAPage() {
        page("/a", tag("data-hash"), "<a href='#/two'>two</a>");
        Tab tab = tab().go(url("/a#/one"));
        recorder.await(1, "pageview");
        tab.click("a");
        recorder.await(2, "pageview");
        assertThat(recorder.events("pageview"))
                .extracting(e -> e.get("pathname"))
                .containsExactly("/a#/one", "/a#/two");
        assertThat(recorder.events("pageview").get(1)).containsEntry("referrer", url("/a#/one"));
    }

    @Test
    void aPageOutOfTheBackForwardCacheIsCountedWhenItIsShownAgain() {
        page("/a", tag(""), "<a href='/b'>b</a>");
        page("/b", tag(""), "");
        Tab tab = tab().go(url("/a"));
        recorder.await(1, "pageview");
        tab.js("window.own = 'kept'");
        tab.click("a");
        recorder.await(2, "pageview");
        tab.back();
        recorder.await(3, "pageview");
        assertThat(tab.js("return window.own")).as("restored, not loaded").isEqualTo("kept");
        assertThat(paths()).containsExactly("/a", "/b", "/a");
        assertSilent(tab);
    }

    @Test
    void aPrerenderedPageIsCountedOnceAndOnlyWhenItIsShown() {
        String secure = Browser.SECURE_HOST;
        String rules =
                "<script type=speculationrules>{'prerender':[{'urls':['/next','/never'],'eagerness':'immediate'}]}</script>"
                        .replace('\'', '"');
        pages().put(secure, "/start", html("start", tag(""), rules + "<a href=/next>next</a>"));
        String early = "<script>own = document.prerendering; millrace('event', 'early')</script>";
        pages().put(secure, "/next", html("next", STUB + tag(""), early));
        pages().put(secure, "/never", html("never", tag(""), ""));
        Tab tab = tab().go(pages().url(secure, "/start"));
        recorder.await(1, "pageview");
        new WaitFor(java.time.Duration.ofSeconds(10)).until(() -> pages().served(secure, "/never"), "prerendering");
        tab.await("performance.now() > 1000");
        tab.click("a");
        recorder.await(2, "pageview");
        recorder.await(1, "event");
        assertThat(tab.js("return window.own")).as("was prerendered").isEqualTo(true);
        assertThat(paths()).containsExactly("/start", "/next");
    }
}
