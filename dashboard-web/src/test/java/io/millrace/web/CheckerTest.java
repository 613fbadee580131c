package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Site;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a site says of its tag, until something is counted and in its settings. */
class CheckerTest extends PageFixture {
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Site fresh(String domain) {
        return server.engine
                .addSite(Site.of(domain).withHostnames(Set.of(domain)))
                .join();
    }

    private void send(Site to, String url, String agent) {
        server.engine
                .collector()
                .put(Beacon.pageview(to.id())
                        .url(url)
                        .visitorId("somebody")
                        .userAgent(agent)
                        .address("192.0.2.1")
                        .build());
        server.engine.flush().join();
    }

    @Test
    void anEmptyDashboardShowsTheTagAndWhyNothingCounts() {
        Site empty = fresh("empty.example");
        open("/sites/" + empty.id());
        browser.see("mr-checker .waiting:not(.arrived)");
        assertThat(browser.see("mr-checker code").getText()).contains("data-site=\"" + empty.id() + "\"");
        send(empty, "https://staging.example/", BROWSER);
        browser.read("Other hostname");
        browser.read("staging.example/");
        send(empty, "https://empty.example/", "Googlebot/2.1 (+http://www.google.com/bot.html)");
        browser.read("Declared crawlers");
        send(empty, "https://empty.example/first", BROWSER);
        browser.until("document.querySelector('[data-metric=page_views] .card-value')?.textContent === '1'");
        browser.gone("mr-checker");
    }

    @Test
    void theSettingsSayThatTheTagWorks() {
        send(site, "https://example.com/pricing", BROWSER);
        open(sitePath("/settings"));
        browser.see("mr-checker .waiting.arrived");
        browser.read("Working. Last visitor");
    }

    @Test
    void openingTheSiteTellsWhatBecameOfTheVisit() {
        Site opened = fresh("opened.example");
        open("/sites/" + opened.id() + "/settings");
        browser.see("[data-check]");
        browser.run("window.open = () => null");
        browser.click("[data-check]");
        browser.read("Waiting for the page to report");
        send(opened, "https://elsewhere.example/", BROWSER);
        browser.read("The tag ran, but the visit was not counted: Other hostname");
        browser.click("[data-check]");
        send(opened, "https://opened.example/", BROWSER);
        browser.read("The tag ran, and the visit was counted");
    }

    @Test
    void aTrackerThatThisBrowserDoesNotLoadIsToldFromATagThatIsMissing() {
        Site opened = fresh("blocked.example");
        open("/sites/" + opened.id() + "/settings");
        browser.see("[data-check]");
        browser.run("window.open = () => null; const own = window.fetch; window.fetch = (...asked) =>"
                + " String(asked[0]).endsWith('/t.js') ? Promise.reject(new TypeError()) : own(...asked)");
        browser.click("[data-check]");
        browser.read("This browser does not load the tracker");
    }
}
