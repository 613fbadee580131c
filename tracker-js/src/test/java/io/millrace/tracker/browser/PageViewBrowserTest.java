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
        assertThat(recorder.events("pageview").get(1)).containsEntry("referrer", url("/a"));
    }

    @Test
    void aSearchThatRewritesItsQuerySixTimesIsOnePage() {
        Tab tab = counted("/search");
        for (int i = 0; i < 6; i++) {
            tab.js("history.replaceState({}, '', '/search?q=' + arguments[0])", "shoes".substring(0, i));
        }
        thenNothing(tab);
        assertThat(paths()).containsExactly("/search");
    }

    @Test
    void aPageThatTakesTheCampaignOutOfItsAddressIsCountedOnceWithTheCampaign() {
        page("/a", "<script>onload = () => history.replaceState({}, '', '/a')</script>" + tag(""), "");
        Tab tab = tab().go(url("/a?utm_source=news"));
        tab.await("location.search == ''");
        thenNothing(tab);
        assertThat(paths()).containsExactly("/a?utm_source=news");
    }

    @Test
    void aParameterThatTheSiteKeepsMakesAnotherPage() {
        page("/list", tag("data-keep=id,page"), "");
        Tab tab = tab().go(url("/list?id=1"));
        recorder.await(1, "pageview");
        tab.js("history.replaceState({}, '', '/list?sort=up&id=1')");
        tab.js("history.pushState({}, '', '/list?sort=up&id=1&page=2')");
        recorder.await(2, "pageview");
        tab.js("history.pushState({}, '', '/list?page=2&id=2')");
        recorder.await(3, "pageview");
        thenNothing(tab);
        assertThat(paths()).containsExactly("/list?id=1", "/list?sort=up&id=1&page=2", "/list?page=2&id=2");
    }

    /** Waits as long as a page view within the page may take, and says one more thing. */
    private void thenNothing(Tab tab) {
        tab.js("own = {}; setTimeout(() => { own.waited = true; millrace('event', 'last') }, 400)");
        recorder.await(1, "event");
        assertThat(recorder.events("event").get(0)).containsEntry("name", "last");
        assertSilent(tab);
    }

    @Test
    void aTitleThatComesAMomentAfterTheAddressIsTheTitleOfThePage() {
        Tab tab = counted("/a");
        tab.js("history.pushState({}, '', '/b'); setTimeout(() => document.title = 'B', 120)");
        assertThat(recorder.await(2, "pageview").get(1)).containsEntry("title", "B");
    }

    @Test
    void whoLeavesBeforeTheTitleIsThereIsCounted() {
        Tab tab = counted("/a");
        page("/c", tag(""), "");
        tab.js("history.pushState({}, '', '/b'); setTimeout(() => location.href = '/c')");
        recorder.await(3, "pageview");
        assertThat(paths()).containsExactlyInAnyOrder("/a", "/b", "/c");
    }

    @Test
    void anEventOfThePageComesAfterItsPageView() {
        Tab tab = counted("/a");
        tab.js("history.pushState({}, '', '/b'); setTimeout(() => millrace('event', 'Begin Checkout'))");
        recorder.await(1, "event");
        assertThat(recorder.events("pageview", "event"))
                .extracting(e -> e.get("type") + " " + path(e.get("url")))
                .containsExactly("pageview /a", "pageview /b", "event /b");
    }

    @Test
    void twoStepsInOneBreathAreOnePageAndTwoBreathsAreTwo() {
        Tab tab = counted("/a");
        tab.js("history.pushState({}, '', '/login'); history.replaceState({}, '', '/b');"
                + "setTimeout(() => history.pushState({}, '', '/c'), 100)");
        recorder.await(3, "pageview");
        assertThat(paths()).containsExactly("/a", "/b", "/c");
    }

    @Test
    void secretsInAFragmentNeverLeaveTheBrowser() {
        for (String attributes : List.of("", "data-hash")) {
            page("/back", tag(attributes), "");
            for (String fragment : List.of(
                    "#access_token=S3CRET&id_token=T0KEN",
                    "#/access_token=S3CRET",
                    "#/signed/in?access_token=S3CRET&utm_source=news#S3CRET",
                    "#!/in&id_token=T0KEN")) {
                int before = recorder.events("pageview").size();
                Tab tab = tab().go(url("/back" + fragment));
                recorder.await(before + 1, "pageview");
                tab.js("millrace('event', 'e'); millrace('page', {url: '/virtual' + location.hash})");
                recorder.await(before + 2, "pageview");
                before = recorder.events("event").size();
                tab.js("history.replaceState(0, '', '/later' + location.hash); millrace('event', 'e')");
                recorder.await(before + 1, "event");
                tab.close();
            }
        }
        assertThat(recorder.events().toString()).contains("utm_source=news").doesNotContain("S3CRET", "T0KEN");
    }

    @Test
    void aCampaignBehindARouteIsReadAndPartOfNoPath() {
        page("/app", tag("data-hash"), "");
        Tab tab = tab().go(url("/app?lang=de#/pricing?plan=pro&utm_source=news&utm_medium=email"));
        assertThat(recorder.await(1, "pageview").get(0))
                .containsEntry("url", url("/app?lang=de&utm_source=news&utm_medium=email"))
                .containsEntry("pathname", "/app#/pricing");
        tab.js("location.hash = '#/pricing?plan=free'");
        thenNothing(tab);
        assertThat(recorder.events("pageview")).hasSize(1);
    }

    @Test
    void aCampaignInAPlainFragmentIsReadToo() {
        page("/a", tag(""), "");
        tab().go(url("/a#utm_source=news&utm_campaign=may"));
        recorder.await(1, "pageview");
        assertThat(paths()).containsExactly("/a?&utm_source=news&utm_campaign=may");
    }

    @Test
    void aPlaceWithinThePageIsNoPageEvenWithTheHashOption() {
        page("/a", tag("data-hash"), "<a href='#prices'>prices</a>");
        Tab tab = tab().go(url("/a"));
        recorder.await(1, "pageview");
        tab.click("a");
        thenNothing(tab);
        assertThat(recorder.events("pageview")).hasSize(1);
        assertThat(recorder.events("pageview").get(0)).doesNotContainKey("pathname");
    }

    @Test
    void aVirtualPageWithoutAHostTakesThePages() {
        page("/a", tag("data-hash"), "");
        Tab tab = tab().go(url("/a#/one"));
        recorder.await(1, "pageview");
        tab.js("millrace('page', {url: '/virtual?step=2', title: 'Step 2'})");
        assertThat(recorder.await(2, "pageview").get(1))
                .containsEntry("url", url("/virtual?step=2"))
                .containsEntry("title", "Step 2")
                .doesNotContainKey("pathname");
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
