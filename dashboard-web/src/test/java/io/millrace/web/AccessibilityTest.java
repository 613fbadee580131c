package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** Every page for everybody: by keyboard, for screen readers, in the dark and on a small phone. */
class AccessibilityTest extends PageFixture {
    /** A page and what is on it when it is ready. */
    record Page(String path, String ready) {}

    static List<Page> pages() {
        return List.of(
                new Page("/sites/1?period=7d", ".summary .line"),
                new Page("/sites/1?period=7d&source=Google&more=page", "dialog tbody tr"),
                new Page("/sites/1?period=7d&tabs=property&key=plan", "[data-panel=events] .row-key"),
                new Page("/sites/1?period=7d&more=conversions", "dialog tbody tr"),
                new Page("/sites/1/realtime", "[data-live-count]"),
                new Page("/sites/1/flow?period=7d", ".flow-node"),
                new Page("/sites/1/journey?visitor=v1", ".timeline"),
                new Page("/sites/1/affiliates?period=7d", ".data"),
                new Page("/sites/1/goals?period=7d", ".data"),
                new Page("/sites/1/goals?period=7d&id=1", ".stats"),
                new Page("/sites/1/revenue?period=7d&attribution=linear", ".data"),
                new Page("/sites/1/funnels?period=7d&by=country", ".values"),
                new Page("/sites/1/retention?period=90d", ".shade"),
                new Page("/sites/1/affiliates?period=7d&affiliate=1", ".stats"),
                new Page("/sites/1/bots", ".data"),
                new Page("/sites/1/settings", "mr-audit .box"),
                new Page("/?all", ".site-card"),
                new Page("/settings", "mr-audit .box"),
                new Page("/health", ".outcomes"));
    }

    @BeforeAll
    void addAGoalAndAFunnel() {
        server.engine
                .saveGoal(new Goal(0, site.id(), "Subscribed", null, "Signup", Map.of(), 0, 0))
                .join();
        Funnel.Step any = new Funnel.Step("*", null, Map.of(), 0);
        server.engine
                .saveFunnel(new Funnel(0, site.id(), "On", List.of(any, any), false, 7))
                .join();
    }

    /** What somebody does on a page, after which it looks otherwise. */
    record State(String name, String path, Consumer<DashboardBrowser> reach) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<State> states() {
        String path = "/sites/1?period=7d&country=DE&country=!FR";
        return List.of(
                new State("a filter is made", path, b -> {
                    b.click("[data-add-filter]");
                    b.type("dialog [role=combobox]", "/");
                    b.see("dialog [role=option]");
                    b.press(Keys.ARROW_DOWN);
                }),
                new State("a filter that is none", path, b -> {
                    b.click("[data-add-filter]");
                    b.click("dialog .primary");
                    b.see("dialog .error");
                }),
                new State("segments", path, b -> {
                    b.click("[data-segments]");
                    b.see("dialog [name=name]");
                }),
                new State("annotations", path, b -> {
                    b.click("[data-annotations]");
                    b.see("dialog [name=text]");
                }),
                new State("shortcuts", path, b -> {
                    b.press("?");
                    b.see("dialog kbd");
                }),
                new State("the menu of periods", path, b -> {
                    b.click("mr-period mr-menu .button");
                    b.see("mr-calendar");
                }),
                new State("a point of the graph", path + "&second=bounce_rate", b -> {
                    b.run("document.querySelector('.graph').focus()");
                    b.press(Keys.END);
                    b.see(".read-out");
                }),
                new State("figures that wait", path, b -> {
                    b.run("window.fetch = () => new Promise(() => {})");
                    b.press("t");
                    b.read("Waiting for the server");
                }),
                new State("a server that is busy", path, b -> {
                    b.run("window.fetch = () => Promise.resolve(new Response('{}', {status: 503}))");
                    b.press("t");
                    b.see("[role=alert]");
                }),
                new State("figures of before", path, b -> {
                    b.run("window.fetch = () => Promise.resolve(new Response('{}', {status: 503}))");
                    b.run("document.querySelector('mr-site').loading.again()");
                    b.see(".outdated");
                }),
                new State("a session that has ended", path, b -> {
                    b.run("dispatchEvent(new Event('mr-signed-out'))");
                    b.see("dialog [name=password]");
                }),
                new State("nothing in this period", "/sites/1?period=7d&page=/nothing", b -> b.see(".empty")),
                new State("a link that is none", "/share/none", b -> b.see(".card-box")));
    }

    @ParameterizedTest
    @MethodSource("states")
    void axeFindsNothingInAnyState(State state) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            open(state.path());
            if (state.path().startsWith("/sites")) {
                ready();
            }
            state.reach().accept(browser);
            assertThat(Axe.findings(browser)).as("%s, dark: %s", state, dark).isEmpty();
        }
        browser.size(320, 640);
        browser.until("document.documentElement.scrollWidth <= 320");
        complaints();
    }

    @Test
    void axeFindsNothingBeforeTheDoor() {
        String link = "/api/sites/" + site.id() + "/links";
        String locked = pathOf(link, "{\"password\":\"open sesame now\"}");
        String open = pathOf(link, "{}");
        String partner = pathOf(link, "{\"affiliate_id\":1}");
        browser.driver.manage().deleteAllCookies();
        for (String path : List.of("/login", locked, open + "?embed&period=7d", open + "/realtime", partner)) {
            open(path);
            browser.see("[name=password], .panel, .stats");
            browser.gone(".skeleton");
            assertThat(Axe.findings(browser)).as(path).isEmpty();
            browser.size(320, 640);
            browser.until("document.documentElement.scrollWidth <= 320");
            browser.size(1280, 900);
        }
        open("/login");
        browser.fetch("POST", "/api/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, PASSWORD));
    }

    private String pathOf(String links, String body) {
        return (String) ((Map<?, ?>) browser.fetch("POST", links, body).get("body")).get("path");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void axeFindsNothingAndNothingIsWiderThanAPhone(Page page) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            browser.size(1280, 900);
            open(page.path());
            browser.see(page.ready());
            browser.gone(".skeleton");
            assertThat(Axe.findings(browser))
                    .as("%s, dark: %s", page.path(), dark)
                    .isEmpty();
            assertThat(background()).matches(rgb -> (brightness(rgb) < 128) == dark);
        }
        browser.size(320, 640);
        browser.until("document.documentElement.scrollWidth <= 320");
        assertThat((Long) browser.run("return performance.getEntriesByType('resource').length"))
                .as("requests of " + page.path())
                .isLessThanOrEqualTo(25);
    }

    private String background() {
        return (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    }

    private static int brightness(String rgb) {
        return Integer.parseInt(rgb.replaceAll("\\D+(\\d+).*", "$1"));
    }

    @Test
    void everythingWorksWithoutAMouse() {
        openSite("?period=7d");
        browser.tab();
        assertThat(focused()).isEqualTo("Skip to content");
        browser.press(Keys.ENTER);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
        browser.press("f");
        browser.see("dialog");
        browser.press(Keys.ESCAPE);
        browser.gone("dialog");
        browser.press("t");
        browser.until("location.search.includes('period=today')");
        browser.press("w");
        browser.until("location.search.includes('period=7d')");
        ready();
        tabTo("[data-panel=sources] [role=tab]");
        browser.press(Keys.ARROW_RIGHT);
        browser.until("document.activeElement.dataset.tab === 'channel'");
        assertThat(browser.path()).contains("tabs=channel");
        browser.see("[data-panel=sources] [data-name]");
        tabTo("[data-panel=sources] a.row");
        browser.press(Keys.ENTER);
        browser.see(".chip");
        ready();
        browser.run("document.querySelector('.graph').focus()");
        browser.press(Keys.ARROW_LEFT);
        browser.see(".read-out");
        browser.press("x");
        browser.gone(".chip");
        browser.press("?");
        browser.read("Keyboard shortcuts");
        browser.press(Keys.ESCAPE);
        browser.gone("dialog");
        browser.press("r");
        browser.see("[data-live-count]");
    }

    /** Presses the tabulator until the focus is there. */
    private void tabTo(String css) {
        for (int i = 0; i < 60; i++) {
            if (Boolean.TRUE.equals(browser.run("return document.activeElement.matches(arguments[0])", css))) {
                return;
            }
            browser.tab();
        }
        throw new AssertionError("the focus never came to " + css);
    }

    private Object focused() {
        return browser.run("return document.activeElement.textContent.trim()");
    }

    @Test
    void aFailureSaysSoAndIsRepeatedOnDemand() {
        openSite("?period=7d");
        browser.driver.executeCdpCommand("Network.enable", Map.of());
        browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/overview*")));
        browser.press("t");
        browser.see("[role=alert] .button");
        assertThat(browser.text()).contains("cannot be reached");
        complaints();
        browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
        browser.click("[role=alert] .button");
        browser.gone("[role=alert]");
        ready();
    }
}
