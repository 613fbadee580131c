package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is here and what happens: by the minute, as a feed, filtered, by a link, and without a connection. */
class RealtimePageTest extends PageFixture {
    private Site shop;

    @BeforeAll
    void somebodyShops() {
        shop = server.engine.addSite(Site.of("shop.example")).join();
        long now = System.currentTimeMillis();
        put(page("ann", "/first").time(now - 20 * 60_000L).place(Place.of("DE", null, null)));
        put(page("ann", "/cart").place(Place.of("DE", null, null)));
        put(page("ben", "/")
                .referrer("https://" + "a".repeat(60) + "." + "b".repeat(60) + ".example/")
                .place(Place.of("FR", null, null)));
        put(Beacon.event(shop.id(), "Paid")
                .url("https://shop.example/cart")
                .visitorId("ann")
                .address("192.0.2.1"));
        server.engine.flush().join();
    }

    private BeaconBuilder page(String visitor, String path) {
        return Beacon.pageview(shop.id())
                .url("https://shop.example" + path)
                .trusted(true)
                .visitorId(visitor)
                .address("192.0.2.1");
    }

    private void put(BeaconBuilder beacon) {
        server.engine.collector().put(beacon.build()).join();
    }

    private void realtime(String more) {
        open("/sites/" + shop.id() + "/realtime" + more);
        browser.see("[data-live-count]");
        browser.see("[data-panel=places] .row-value");
    }

    private List<?> texts(String css) {
        return (List<?>)
                browser.run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())", css);
    }

    @Test
    void thirtyMinutesHaveABarEachAndTheFeedTellsWhatHappens() {
        realtime("?tabs=country");
        List<?> bars = (List<?>) browser.run("return [...document.querySelectorAll('.minutes li')].map(l => l.title)");
        assertThat(bars).hasSize(30);
        assertThat(bars.stream().filter(b -> !String.valueOf(b).endsWith(": 0 page views")))
                .hasSizeBetween(2, 3);
        assertThat(texts(".feed li")).hasSize(4);
        assertThat((String) texts(".feed li").get(0)).contains("Paid");
        put(page("cid", "/new"));
        browser.until("document.querySelector('.feed li').innerText.includes('/new')");
        assertThat(browser.see("[data-live-count]").getText()).isEqualTo("3");
        server.engine.removeVisitor(shop.id(), "cid", w -> null).join();
    }

    @Test
    void aClickOnAPanelFiltersEverythingOnThePage() {
        realtime("?tabs=country");
        browser.click("[data-panel=places] a.row[data-name=FR]");
        browser.read("Country is France");
        browser.until("document.querySelectorAll('.feed li').length === 1");
        assertThat(browser.see("[data-live-count]").getText()).isEqualTo("1");
        browser.read("visitor now");
        browser.until("document.querySelectorAll('[data-panel=pages] li').length === 1");
        realtime("?tabs=country&country=!France&page=/ca*");
        assertThat(texts(".feed li")).hasSize(2);
        open("/sites/" + shop.id() + "/realtime?event=Paid");
        browser.see(".feed .event");
        assertThat(texts(".feed li")).hasSize(1);
        assertThat(texts("[data-live-count]")).isEmpty();
    }

    @Test
    void filtersThatNobodyKnowsOfVisitorsSaySo() {
        open("/sites/" + shop.id() + "/realtime?tabs=country&hostname=shop.example");
        browser.read("Who is here is not told by these filters.");
        browser.see("[data-panel=places] .row-value");
        assertThat(texts(".feed li")).isEmpty();
    }

    @Test
    void aLongSourcePushesNothingOut() {
        realtime("?tabs=country");
        for (int width : new int[] {1280, 360}) {
            browser.size(width, 900);
            browser.until("document.documentElement.scrollWidth <= " + width);
            browser.until("(b => b.scrollWidth <= b.clientWidth)(document.querySelector('.who').parentElement)");
        }
    }

    @Test
    void aLinkShowsTheSameByTheStream() {
        Object made = browser.fetch("POST", "/api/sites/" + shop.id() + "/links", "{}")
                .get("body");
        browser.driver.manage().deleteAllCookies();
        try {
            open(((Map<?, ?>) made).get("path") + "/realtime");
            browser.see(".feed li");
            put(page("dan", "/by-link"));
            browser.until("document.querySelector('.feed li').innerText.includes('/by-link')");
            assertThat(asked("/realtime")).isEqualTo(0L);
        } finally {
            server.engine.removeVisitor(shop.id(), "dan", w -> null).join();
            open("/login");
            browser.fetch("POST", "/api/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, PASSWORD));
        }
    }
}
