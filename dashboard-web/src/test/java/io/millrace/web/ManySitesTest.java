package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An agency's list of sites. */
class ManySitesTest extends PageFixture {
    @BeforeAll
    void addSites() {
        for (int i = 0; i < 124; i++) {
            server.engine.addSite(Site.of("shop-" + i + ".example")).join();
        }
    }

    @Test
    void allSitesAreThereByPagesAndByWords() {
        open("/");
        browser.read("1 – 100 of 126");
        browser.click(".pager [aria-label='More sites']");
        browser.read("101 – 126 of 126");
        browser.until("document.querySelectorAll('.site-card').length === 26");
        browser.type(".toolbar input[type=search]", "SHOP-77");
        browser.until("document.querySelectorAll('.site-card').length === 1");
        browser.gone(".pager");
        browser.click(".site-card");
        ready();
        assertThat(browser.see(".top .menu .button").getText()).contains("shop-77.example");
    }

    @Test
    void theMenuFindsEverySite() {
        openSite("?period=7d");
        browser.click(".top .menu .button");
        browser.read("76 more: type to find them");
        browser.type(".site-list input", "shop-123");
        browser.until("document.querySelectorAll('.site-list li:not(.apart)').length === 1");
        browser.click(".site-list a");
        ready();
        assertThat(browser.see(".top .menu .button").getText()).contains("shop-123.example");
        browser.click(".top .menu .button");
        browser.type(".site-list input", "nothing like it");
        browser.read("No such site.");
    }
}
