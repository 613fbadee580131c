package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What the page does on paper, behind another window, and beside another period. */
class BehaviourTest extends PageFixture {

    @Test
    void onPaperThereAreFiguresAndNoControls() {
        openSite("?period=7d&source=Google");
        onPaper(true);
        assertThat(visible(
                        ".top .button, .pages, select, .more, .steps, [aria-selected=false], .chip-remove, [data-add-filter],"
                                + " mr-period .button"))
                .isEmpty();
        assertThat(visible(".top .place")).containsExactly("b example.com");
        assertThat(visible("mr-period .on-paper"))
                .singleElement()
                .asString()
                .contains("Last 7 days", " – ", "Europe/Berlin", "Compare with: Previous period");
        assertThat(visible(".card-value")).hasSize(6);
        assertThat(visible(".graph, .panel h2, .chip, [data-panel=sources] .row-share"))
                .hasSizeGreaterThan(8);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        onPaper(false);
        open(sitePath("/affiliates?period=7d"));
        browser.see(".data tbody tr");
        onPaper(true);
        assertThat(visible("mr-period .on-paper"))
                .singleElement()
                .asString()
                .contains("Last 7 days")
                .doesNotContain("Compare");
        assertThat(visible(".data tbody tr")).hasSize(2).first().asString().contains("Anna");
        assertThat(visible("mr-affiliates :not(th) > button, .top .button, select"))
                .isEmpty();
        onPaper(false);
    }

    private void onPaper(boolean paper) {
        browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", paper ? "print" : ""));
    }

    private List<String> visible(String css) {
        return browser.driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .map(e -> e.getTagName() + " " + e.getText())
                .toList();
    }

    @Test
    void nothingIsAskedForWhileNobodyLooks() {
        open("/health");
        browser.see(".outcomes");
        hide(true);
        Object asked = requests();
        browser.run("const now = Date.now; Date.now = () => now() + 60_000;"
                + " document.dispatchEvent(new Event('visibilitychange'))");
        browser.driver.executeAsyncScript("setTimeout(arguments[0], 100)");
        assertThat(requests()).isEqualTo(asked);
        hide(false);
        browser.until("performance.getEntriesByName(location.origin + '/metrics').length > " + asked);
    }

    @Test
    void aModuleThatCannotBeLoadedIsAskedForOnce() {
        openSite("?period=7d");
        browser.driver.executeCdpCommand("Network.enable", Map.of());
        block("*/pages/flow.js");
        browser.click(".pages a[href*='/flow']");
        browser.read("This could not be loaded.");
        browser.driver.executeAsyncScript("setTimeout(arguments[0], 300)");
        assertThat(asked("pages/flow.js")).isEqualTo(1L);
        browser.click(".pages a[href*='/affiliates']");
        browser.see(".data tbody tr");
        browser.click(".pages a[href*='/flow']");
        browser.read("This could not be loaded.");
        browser.driver.executeAsyncScript("setTimeout(arguments[0], 300)");
        // Some browsers remember that it failed until the page is loaded anew, which the button does.
        assertThat((long) asked("pages/flow.js")).isBetween(1L, 2L);
        complaints();
        block();
        browser.click("[role=alert] .button");
        browser.see(".flow-node");
    }

    /** Lets the server be too busy for overviews, or not. */
    private void overviewsAre(int status) {
        browser.run(
                "window.real ??= fetch; window.fetch = (path, ...more) => arguments[0] !== 200 && path.includes('/overview')"
                        + " ? Promise.resolve(new Response('{}', {status: arguments[0]})) : real(path, ...more)",
                status);
    }

    @Test
    void aFilterThatCannotBeAnsweredShowsNoFiguresOfAnother() {
        openSite("?period=7d");
        overviewsAre(503);
        browser.click("[data-panel=places] .row");
        browser.read("The server is busy.");
        assertThat(visible(".chip")).hasSize(1);
        assertThat(visible(".card-value, .panel, mr-period .on-paper")).isEmpty();
        overviewsAre(200);
        browser.click("[role=alert] .button");
        ready();
        assertThat(visible(".card-value")).hasSize(6);
    }

    @Test
    void figuresThatCannotBeBroughtUpToDateSaySo() {
        openSite("?period=7d");
        overviewsAre(503);
        browser.run("document.querySelector('mr-site').loading.again()");
        browser.read("These figures are not up to date. The server is busy.");
        assertThat(visible(".card-value")).hasSize(6);
        overviewsAre(200);
        browser.click(".outdated .button");
        browser.gone(".outdated");
    }

    @Test
    void whoWasHereIsNotSaidToBeHereWhenTheServerIsGone() {
        String[] pages = {"/realtime", ""};
        for (String page : pages) {
            PageServer gone = new PageServer(0);
            try {
                Site there = gone.engine.addSite(Site.of("gone.example")).join();
                String host = gone.url("").replace("127.0.0.1", DashboardBrowser.PLAIN_HOST);
                browser.open(host + "/login");
                browser.setUp(gone.api.setupToken());
                browser.open(host + "/sites/" + there.id() + page);
                browser.see(page.isEmpty() ? ".now" : "[data-live-count]");
                browser.read(page.isEmpty() ? "0 visitors now" : "visitors now");
            } finally {
                gone.close();
            }
            browser.read(page.isEmpty() ? "0 visitors at " : "No connection to the server since ");
            complaints();
        }
    }

    private void block(String... urls) {
        browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(urls)));
    }

    private Object requests() {
        return asked("/metrics");
    }

    @Test
    void theStreamIsClosedWhileNobodyLooks() {
        open(sitePath("/realtime"));
        browser.see("[data-live-count]");
        awaitStreams(1);
        hide(true);
        awaitStreams(0);
        hide(false);
        awaitStreams(1);
    }

    private void hide(boolean hidden) {
        browser.run(
                "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
                        + " document.dispatchEvent(new Event('visibilitychange'))",
                hidden);
    }

    private void awaitStreams(int open) {
        browser.driver.executeAsyncScript(
                "const done = arguments[1]; const look = () => fetch('/metrics').then(r => r.text()).then(text =>"
                        + " text.includes('millrace_live_streams ' + arguments[0] + '.0\\n') ? done() : setTimeout(look, 20));"
                        + " look()",
                open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous", "year", "weekday"})
    void theChangeIsAgainstThePeriodThatWasChosen(String compare) {
        openSite("?period=7d");
        browser.click(".compare .button");
        browser.click("[data-compare=" + compare + "]");
        browser.see(".compare [aria-label]");
        ready();
        Map<?, ?> answer = (Map<?, ?>) api("/api/analytics/" + site.id() + "/overview?period=7d&compare=" + compare);
        Number change = (Number) ((Map<?, ?>) answer.get("changes")).get("visitors");
        Object before = ((Map<?, ?>) answer.get("previous")).get("visitors");
        assertThat(change).as(compare).isNotNull();
        browser.until("document.querySelector('[data-metric=visitors] .delta').title.endsWith(' " + before + "')");
        browser.until("document.querySelectorAll('path.ghost').length === 1");
        assertThat(browser.path()).contains(compare.equals("previous") ? "period=7d" : "compare=" + compare);
    }

    @Test
    void theStoragesTablesStandInTheSettings() {
        open("/settings");
        browser.read("This storage does not tell how much room it takes.");
        String script = (String) ((Map<?, ?>) browser.driver.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of(
                                "source",
                                "const real = fetch; window.fetch = (path, ...more) => path === '/api/storage'"
                                        + " ? Promise.resolve(new Response(JSON.stringify({bytes: 4 << 20, free_bytes: 1 << 20,"
                                        + " tables: [{name: 'page_views', bytes: 3 << 20}]}))) : real(path, ...more)")))
                .get("identifier");
        open("/settings");
        browser.read("4.0 MiB in all, 1.0 MiB of them free");
        assertThat(browser.see("mr-storage tbody tr").getText()).isEqualTo("page_views 3.0 MiB 75%");
        browser.driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
}
