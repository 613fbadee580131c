package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;

/** Segments on the page: filters are saved, chosen and removed, and a link that is locked to one cannot be led out of it. */
class SegmentsPageTest extends PageFixture {
    private static final String GERMANS = "?period=7d&country=DE";

    private long visitors(String base, String query) {
        Map<?, ?> overview = (Map<?, ?>) api(base + "/overview" + query);
        return ((Number) ((Map<?, ?>) overview.get("current")).get("visitors")).longValue();
    }

    private String shown() {
        ready();
        return browser.see(".summary:not(.stale) .card-value").getText();
    }

    /** Saves the filters that are set. */
    private void save(String name, boolean ofSite) {
        browser.click("[data-segments]");
        browser.type("dialog [name=name]", name);
        if (ofSite) {
            browser.click("dialog [name=ofSite]");
        }
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.see("[data-segment]");
        browser.until("document.querySelector('[data-segment] b').textContent === '" + name + "'");
    }

    private void remove(String name) {
        browser.click("[data-segments]");
        browser.see("dialog [data-choose='" + name + "']");
        browser.run("window.confirm = () => true;"
                + "document.querySelector(\"dialog [data-choose='" + name + "']\").closest('.list-row')"
                + ".querySelector('.danger').click()");
    }

    @Test
    void filtersAreSavedChosenAndRemoved() {
        String base = "/api/analytics/" + site.id();
        openSite(GERMANS);
        String germans = shown();
        assertThat(germans).isEqualTo(String.valueOf(visitors(base, GERMANS)));
        save("Mine", false);
        assertThat(browser.path()).contains("segment=").doesNotContain("country=");
        assertThat(shown()).isEqualTo(germans);
        browser.click("[data-segment] .chip-remove");
        browser.gone("[data-segment]");
        assertThat(shown()).isEqualTo(String.valueOf(visitors(base, "?period=7d")));
        browser.click("[data-segments]");
        browser.click("dialog [data-choose=Mine]");
        browser.gone("dialog");
        assertThat(shown()).isEqualTo(germans);
        remove("Mine");
        browser.gone("dialog [data-choose=Mine]");
        browser.gone("[data-segment]");
    }

    @Test
    void aLockedLinkIsNotLedOutOfItsSegment() {
        openSite(GERMANS);
        String germans = shown();
        save("Germans", true);
        open(sitePath("/settings"));
        browser.see("mr-links select[name=segment]");
        browser.run("const select = document.querySelector('mr-links select[name=segment]');"
                + "select.value = [...select.options].find(o => o.textContent === 'Germans').value");
        browser.click("[data-add-link]");
        String link = browser.see("mr-links .once code").getText();
        String token = link.substring(link.lastIndexOf('/') + 1);
        List<Cookie> session = List.copyOf(browser.driver.manage().getCookies());
        browser.driver.manage().deleteAllCookies();
        staysWithin(link, "/api/shared/" + token, germans);
        session.forEach(browser.driver.manage()::addCookie);
        removesItWhenNoLinkIsLockedToIt();
    }

    private void staysWithin(String link, String base, String germans) {
        browser.open(link + "?period=7d");
        assertThat(shown()).isEqualTo(germans);
        browser.read("Segment Germans");
        assertThat(browser.run("return document.querySelector('.filters .fixed .chip-remove, [data-segments]')"))
                .isNull();
        assertThat(browser.text()).doesNotContain("Realtime", "visitor now");
        browser.open(link + "?period=7d&country=US");
        assertThat(shown()).isEqualTo("0");
        browser.open(link + "?period=7d&country=US&country=DE");
        assertThat(shown()).isEqualTo(germans);
        browser.open(link + "/realtime?period=7d");
        assertThat(shown()).isEqualTo(germans);
        browser.open(link + "?period=7d&tabs=country");
        ready();
        assertThat(browser.text()).contains("Germany").doesNotContain("United States", "France", "India");
        for (String query : List.of("&country=!DE", "&country=*&country=!DE", "&filter=", "&segment_id=0")) {
            Object answer = browser.fetch("GET", base + "/breakdown?dimension=country&period=7d" + query, null)
                    .get("body");
            assertThat(String.valueOf(answer)).as(query).doesNotContain("name=US", "name=FR", "name=IN");
        }
        for (String report : List.of("realtime", "live", "visitor-journey?visitorId=v1")) {
            assertThat(browser.fetch("GET", base + "/" + report, null).get("status"))
                    .as(report)
                    .isEqualTo(404L);
        }
        complaints();
    }

    private void removesItWhenNoLinkIsLockedToIt() {
        openSite("?period=7d");
        remove("Germans");
        browser.read("is locked to this segment; revoke it first");
        complaints();
        open(sitePath("/settings"));
        browser.see("mr-links .list-row .danger");
        browser.run("window.confirm = () => true");
        browser.click("mr-links .list-row .danger");
        browser.gone("mr-links .list-row");
        openSite("?period=7d");
        remove("Germans");
        browser.read("No segment yet.");
    }
}
