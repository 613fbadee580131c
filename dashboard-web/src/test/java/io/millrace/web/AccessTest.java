package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Who gets in, and what they see then. */
class AccessTest extends PageFixture {

    @Test
    void wrongPasswordsAreRefusedRightOnesLetInAndOutAgain() {
        logIn();
        browser.click(".account .button");
        browser.click("[data-log-out]");
        browser.see("[name=password]");
        open(sitePath("?period=today"));
        browser.type("[name=email]", EMAIL);
        browser.type("[name=password]", "not the password");
        browser.click("form .primary");
        browser.read("No such user, or another password");
        assertThat(complaints()).singleElement().asString().contains("401");
        browser.type("[name=password]", PASSWORD);
        browser.click("form .primary");
        ready();
        assertThat(browser.path()).isEqualTo(sitePath("?period=today"));
    }

    private void logIn() {
        open("/");
        browser.until(
                "document.querySelector('.account') !== null || document.querySelector('[name=password]') !== null");
        if (browser.text().contains("Log in")) {
            browser.type("[name=email]", EMAIL);
            browser.type("[name=password]", PASSWORD);
            browser.click("form .primary");
        }
        browser.see(".site-card");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", DashboardBrowser.PLAIN_HOST + ", false"})
    void theSnippetIsCopiedOverTlsAndWithout(String host, boolean secure) {
        browser.driver.manage().deleteAllCookies();
        browser.open(server.url(sitePath("/settings")).replace("127.0.0.1", host));
        browser.type("[name=email]", EMAIL);
        browser.type("[name=password]", PASSWORD);
        browser.click("form .primary");
        String snippet = browser.see(".copyable code").getText();
        assertThat(browser.run("return isSecureContext")).isEqualTo(secure);
        browser.click(".copyable .button");
        browser.read("Copied.");
        browser.type("textarea[name=hostnames]", Keys.chord(Keys.CONTROL, "v"));
        assertThat(browser.run("return document.querySelector('textarea[name=hostnames]').value"))
                .isEqualTo(snippet)
                .asString()
                .contains("data-site=");
        assertThat(complaints()).allMatch(c -> !secure && c.contains("Cross-Origin-Opener-Policy"));
    }

    @Test
    void aSharedLinkSeesItsSiteOnly() {
        logIn();
        open(sitePath("/settings"));
        browser.click("[data-add-link]");
        String link = browser.see("mr-links .once code").getText();
        browser.driver.manage().deleteAllCookies();
        browser.open(link + "?period=7d");
        ready();
        browser.read("example.com");
        assertThat(browser.text()).doesNotContain("Settings", "other.example");
        String token = link.substring(link.lastIndexOf('/') + 1);
        assertThat(((Map<?, ?>) api("/api/shared/" + token + "/overview?period=7d")).get("site"))
                .extracting(s -> ((Map<?, ?>) s).get("domain"))
                .isEqualTo("example.com");
        assertThat(complaints()).isEmpty();
        assertThat(status("/api/analytics/" + site.id() + "/overview")).isEqualTo(401L);
        assertThat(status("/api/sites")).isEqualTo(401L);
        complaints();
        open("/sites/" + other.id());
        browser.see("[name=password]");
        browser.open(link + "?embed&theme=dark");
        ready();
        assertThat(browser.run("return document.querySelector('.top')")).isNull();
        assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
    }

    private Object status(String path) {
        return browser.driver.executeAsyncScript(
                "const done = arguments[1]; fetch(arguments[0]).then(r => done(r.status))", path);
    }

    @Test
    void aSharedLinkIsToldWhoIsThereByTheStream() {
        logIn();
        String link = link("{}");
        browser.driver.manage().deleteAllCookies();
        browser.open(server.url(link + "?period=7d"));
        ready();
        server.engine
                .collector()
                .put(Beacon.pageview(other.id())
                        .url("https://other.example/")
                        .visitorId("somebody-new")
                        .address("192.0.2.9")
                        .build())
                .join();
        browser.read("1 visitor now");
        assertThat(asked("/realtime")).isEqualTo(0L);
    }

    @Test
    void aFilteredLinkAsksForNothingThatCannotBeFiltered() {
        logIn();
        String link = link("{\"filter\":\"country=DE\"}");
        browser.driver.manage().deleteAllCookies();
        browser.open(server.url(link + "/realtime"));
        ready();
        assertThat(browser.text()).doesNotContain("Realtime", "visitor now");
        assertThat(asked("/live")).isEqualTo(0L);
    }

    @Test
    void aFilteredLinkSaysByWhatItIsFiltered() {
        logIn();
        String link = link("{\"filter\":\"country=Germany&page=!/docs\"}");
        browser.driver.manage().deleteAllCookies();
        browser.open(server.url(link));
        ready();
        browser.read("Country is Germany");
        browser.read("Page is not /docs");
        assertThat(browser.driver.findElements(By.cssSelector(".chip-remove"))).isEmpty();
    }

    /** The path of a link to the other site. */
    private String link(String body) {
        Map<?, ?> made = browser.fetch("POST", "/api/sites/" + other.id() + "/links", body);
        return (String) ((Map<?, ?>) made.get("body")).get("path");
    }

    @Test
    void anAffiliatesLinkShowsTheirFiguresOnly() {
        logIn();
        open(sitePath("/affiliates"));
        browser.click(".data tbody a");
        browser.click("[data-share]");
        String link = browser.see(".once code").getText();
        browser.driver.manage().deleteAllCookies();
        browser.open(link);
        browser.read("Figures of Anna");
        browser.see(".stats");
        browser.see("mr-statement [data-due]");
        assertThat(browser.text()).doesNotContain("Sources", "Settings", "Record a payment");
    }

    @Test
    void aLockedLinkAsksForItsPassword() {
        logIn();
        open(sitePath("/settings"));
        browser.type("mr-links [name=password]", "open sesame now");
        browser.click("[data-add-link]");
        String link = browser.see("mr-links .once code").getText();
        browser.driver.manage().deleteAllCookies();
        browser.open(link);
        browser.type("[name=password]", "open sesame now");
        browser.click("form .primary");
        ready();
    }

    @Test
    void sitesKeysUsersAndAffiliatesAreMade() {
        logIn();
        browser.click(".toolbar .primary");
        browser.type("dialog [name=domain]", "third.example");
        browser.click("dialog .primary");
        browser.read("data-site=\"3\"");
        browser.type("mr-keys [name=name]", "backend");
        browser.click("[data-add-key]");
        browser.see("mr-keys .once");
        browser.read("backend");
        open("/sites/3/affiliates");
        browser.click("[data-add-affiliate]");
        browser.type("dialog [name=name]", "Bob");
        browser.type("dialog [name=slug]", "bob");
        browser.click("dialog .primary");
        browser.read("?ref=bob");
        open("/settings");
        browser.type("mr-account [name=email]", "viewer@example.com");
        browser.type("mr-account .inline [name=password]", "viewer password");
        browser.click("[data-add-user]");
        browser.read("viewer@example.com");
        open("/sites/3/settings");
        browser.type("[name=confirm]", "third.example");
        browser.click("form .danger:not([type])");
        browser.until("location.pathname === '/'");
        browser.gone("a[href='/sites/3']");
    }
}
