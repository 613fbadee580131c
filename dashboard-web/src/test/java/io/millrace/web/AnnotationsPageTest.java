package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Annotations on the page: written, shown at their place of the graph, removed; the same in API and CSV, not by a link. */
class AnnotationsPageTest extends PageFixture {
    private static final String PERIOD = "?period=7d";

    private String path() {
        return "/api/sites/" + site.id() + "/annotations";
    }

    private void note(String path, String text, Instant time) {
        Object status = browser.fetch("POST", path, "{\"text\":\"" + text + "\",\"time\":\"" + time + "\"}")
                .get("status");
        assertThat(status).isEqualTo(201L);
    }

    @Test
    void whatIsNotedStandsOnTheGraph() {
        Instant now = Instant.now();
        note(path(), "Launch", now.minus(3, ChronoUnit.DAYS));
        note(path(), "Long before", now.minus(30, ChronoUnit.DAYS));
        openSite(PERIOD);
        browser.see(".graph .note circle");
        browser.click("[data-annotations]");
        browser.type("dialog [name=text]", "Sold out");
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.until("document.querySelectorAll('.graph .note').length === 2");

        browser.run("document.querySelector('.graph').focus()");
        browser.run("document.querySelector('.graph').dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}))");
        browser.until("document.querySelector('.read-out .noted').textContent.includes('Sold out')");
        assertThat(browser.see(".read-out .noted").getText()).isEqualTo("Sold out " + EMAIL);
        List<?> cells = (List<?>) browser.run("return [...document.querySelectorAll('.as-table tr')]"
                + ".map(r => r.lastElementChild.textContent.trim())");
        assertThat(cells).hasSize(8).last().isEqualTo("Sold out");
        assertThat(cells.get(4)).isEqualTo("Launch");
        assertThat((List<?>) ((Map<?, ?>) api(path() + PERIOD)).get("annotations"))
                .hasSize(2);
        assertThat((String) browser.driver.executeAsyncScript(
                        "fetch(arguments[0]).then(r => r.text()).then(arguments[1])", path() + PERIOD + "&format=csv"))
                .startsWith("id,time,text,author")
                .contains(",Launch," + EMAIL, ",Sold out," + EMAIL)
                .doesNotContain("Long before");

        browser.click("[data-annotations]");
        browser.see("dialog .list-row .danger");
        browser.run("window.confirm = () => true");
        browser.click("dialog .list-row .danger");
        browser.until("document.querySelectorAll('dialog .list-row').length === 1");
        browser.until("document.querySelectorAll('.graph .note').length === 1");
    }

    @Test
    void noLinkShowsThem() {
        String others = "/api/sites/" + other.id();
        note(others + "/annotations", "Secret of the house", Instant.now().minus(1, ChronoUnit.DAYS));
        Object made = browser.fetch("POST", others + "/links", "{}").get("body");
        open(((Map<?, ?>) made).get("path") + PERIOD);
        ready();
        assertThat(browser.run("return document.querySelector('.note, [data-annotations]')"))
                .isNull();
        assertThat(asked("/annotations" + PERIOD)).isEqualTo(0L);
    }
}
