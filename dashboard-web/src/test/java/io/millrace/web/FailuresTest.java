package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the page says when something fails: never a figure under another label, and always what to do. */
class FailuresTest extends PageFixture {
    private static final String NOTHING_WRONG = "";

    @AfterEach
    void everythingWorksAgain() {
        block();
        browser.complaints();
    }

    private void block(String... urls) {
        browser.driver.executeCdpCommand("Network.enable", Map.of());
        browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(urls)));
    }

    /** Answers requests to paths with this part by what the script makes of {@code real()}, or as ever. */
    private void answers(String part, String script) {
        browser.run(
                "window.own ??= fetch; window.fetch = (path, options) => { const real = () => own(path, options);"
                        + " return arguments[0] && String(path).includes(arguments[0]) ? (" + script + ") : real() }",
                part);
    }

    private int seen(String css) {
        return browser.driver.findElements(By.cssSelector(css)).size();
    }

    @Test
    void figuresOfBeforeGoWhenTheAnswerTakesLong() {
        openSite("?period=7d");
        answers("/overview", "new Promise(go => (window.go = () => go(real())))");
        browser.press("t");
        browser.gone("button.card .card-value");
        assertThat(seen("[data-panel] .row-value")).isZero();
        browser.read("Waiting for the server");
        browser.run("go()");
        ready();
        assertThat(browser.text()).doesNotContain("Waiting");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        openSite("?period=7d");
        browser.run("const timeout = AbortSignal.timeout; AbortSignal.timeout = () => timeout.call(AbortSignal, 50)");
        answers(
                "/overview",
                "new Promise((_, fail) => options.signal.addEventListener('abort', () => fail(options.signal.reason)))");
        browser.press("t");
        browser.read("The server cannot be reached.");
        assertThat(seen(".card-value")).isZero();
    }

    @Test
    void halfAnAnswerIsNone() {
        openSite("?period=7d");
        answers("/overview", "Promise.resolve(new Response('{\"current\":'))");
        browser.press("t");
        browser.read("The server cannot be reached.");
        answers(NOTHING_WRONG, "null");
        browser.run("dispatchEvent(new Event('online'))");
        ready();
        assertThat(browser.path()).contains("period=today");
    }

    @Test
    void aPanelThatCannotBeDrawnSaysSoAndTheOthersStay() {
        openSite("?period=7d");
        answers("/breakdown", "Promise.resolve(Response.json({rows: null}))");
        browser.click("[data-panel=sources] [data-tab=channel]");
        browser.read("Something went wrong here.");
        assertThat(browser.complaints()).isNotEmpty();
        assertThat(seen("mr-panel [role=alert]")).isEqualTo(1);
        assertThat(seen("[data-panel=pages] .row-value")).isPositive();
        browser.click("mr-panel [role=alert] .button");
        ready();
        browser.see("[data-panel=sources] .row-value");
    }

    @Test
    void aPanelWhoseOwnReportFailsShowsNothingOfBefore() {
        openSite("?period=7d&tabs=channel");
        answers("/breakdown", "Promise.resolve(new Response('{}', {status: 503}))");
        browser.click("[data-panel=technology] a.row");
        browser.read("The server is busy.");
        browser.see(".summary:not(.stale)");
        assertThat(seen("[data-panel=sources] .row-value")).isZero();
        answers(NOTHING_WRONG, "null");
        browser.click("[data-panel=sources] [role=alert] .button");
        browser.see("[data-panel=sources] .row-value");
    }

    @Test
    void whoIsLoggedOutLogsInOverThePageAndLosesNothing() {
        open(sitePath("/settings"));
        browser.type("[name=name]", "A name that takes long to think of");
        browser.fetch("POST", "/api/logout", "{}");
        browser.click("mr-settings form .primary");
        browser.see("dialog [name=password]");
        browser.read("Your session has ended.");
        assertThat(browser.run("return document.querySelector('dialog [name=email]').value"))
                .isEqualTo(EMAIL);
        browser.type("dialog [name=password]", PASSWORD);
        browser.click("dialog .primary");
        browser.gone("dialog");
        assertThat(browser.run("return document.querySelector('[name=name]').value"))
                .isEqualTo("A name that takes long to think of");
        openSite("?period=7d");
        browser.fetch("POST", "/api/logout", "{}");
        browser.press("t");
        browser.type("dialog [name=password]", PASSWORD);
        assertThat(seen(".card-value")).isZero();
        browser.click("dialog .primary");
        ready();
        assertThat(browser.path()).contains("period=today");
    }

    @Test
    void aNewerVersionOnTheServerSaysThatThePageIsToBeReloaded() {
        openSite("?period=7d");
        block("*/pages/goals.js");
        browser.run("window.own ??= fetch; window.fetch = (path, ...more) => path === '/'"
                + " ? Promise.resolve(new Response('<script type=module src=/app/new/main.js>')) : own(path, ...more)");
        browser.click(".pages a[href*='/goals']");
        browser.read("There is a newer version of this page on the server.");
        assertThat(browser.driver
                        .findElement(By.cssSelector("[role=alert] .button"))
                        .getText())
                .isEqualTo("Reload");
        assertThat(asked("pages/goals.js")).isEqualTo(1L);
        block();
        browser.click("[role=alert] .button");
        browser.see("mr-goals h1");
    }

    @Test
    void aPageWhoseFirstModuleFailsIsNotBlank() {
        block("*/main.js");
        open(sitePath(""));
        browser.read("This page could not be loaded. Try again");
    }

    @Test
    void afterMidnightTodayIsAnotherDay() {
        openSite("?period=today");
        browser.run("document.querySelector('mr-site').loading.data.period.to = '2020-01-01T00:00:00Z'");
        long before = (long) browser.run("return performance.getEntriesByType('resource')"
                + ".filter(r => r.name.includes('/overview')).length");
        browser.run("document.querySelector('mr-site').refresh()");
        browser.until("performance.getEntriesByType('resource').filter(r => r.name.includes('/overview')).length > "
                + before);
    }
}
