package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** One page a site, as somebody with a mouse sees it. */
class DashboardTest extends PageFixture {
    @Test
    void theCardsShowTheTotalsAndTheirChange() {
        openSite("?period=7d");
        Map<?, ?> answer = (Map<?, ?>) api("/api/analytics/" + site.id() + "/overview?period=7d&compare=previous");
        Map<?, ?> current = (Map<?, ?>) answer.get("current");
        assertThat(card("visitors")).isEqualTo(current.get("visitors").toString());
        assertThat(card("sessions")).isEqualTo(current.get("sessions").toString());
        assertThat(card("page_views")).isEqualTo(current.get("pageViews").toString());
        assertThat(browser.see("[data-metric=visitors] .delta").getText()).containsAnyOf("%", "–");
        browser.click("[data-metric=page_views]");
        browser.see("[data-metric=page_views][aria-pressed=true]");
        assertThat(browser.path()).contains("metric=page_views");
        browser.read("Page views");
    }

    private String card(String metric) {
        return browser.see("[data-metric=" + metric + "] .card-value").getText();
    }

    @Test
    void clickingARowFiltersAndTheAddressHoldsIt() {
        openSite("?period=7d");
        String all = card("visitors");
        browser.click("[data-panel=sources] [data-name='Google']");
        browser.see(".chip");
        ready();
        String filtered = card("visitors");
        assertThat(filtered).isNotEqualTo(all);
        assertThat(browser.path()).contains("source=Google");

        browser.driver.navigate().back();
        browser.gone(".chip");
        browser.until("document.querySelector('[data-metric=visitors] .card-value').textContent === '" + all + "'");
        browser.driver.navigate().forward();
        browser.see(".chip");
        browser.driver.navigate().refresh();
        browser.see(".chip");
        ready();
        assertThat(card("visitors")).isEqualTo(filtered);

        String copied = browser.driver.getCurrentUrl();
        browser.driver.switchTo().newWindow(WindowType.TAB);
        browser.open(copied);
        ready();
        assertThat(card("visitors")).isEqualTo(filtered);
        closeTab();
        browser.click(".chip-remove");
        browser.gone(".chip");
    }

    private void closeTab() {
        browser.driver.close();
        browser.driver
                .switchTo()
                .window(browser.driver.getWindowHandles().iterator().next());
    }

    @Test
    void aFilterIsMadeChangedAndRemovedInItsWindow() {
        openSite("?period=7d");
        browser.click("[data-add-filter]");
        browser.see("dialog select[name=operator]");
        browser.run("const s = document.querySelector('dialog select[name=operator]'); s.value = 'contains';"
                + " s.dispatchEvent(new Event('change'))");
        browser.type("dialog [role=combobox]", "blog");
        browser.click("dialog .primary");
        browser.read("Page contains blog");
        assertThat(browser.path()).contains("page=*blog*");
        ready();
        browser.click(".chip button");
        browser.run("const s = document.querySelector('dialog select[name=operator]'); s.value = 'is_not';"
                + " s.dispatchEvent(new Event('change'))");
        browser.click("dialog .chip-remove");
        browser.type("dialog [role=combobox]", "/" + Keys.ENTER + "/pricing" + Keys.ENTER);
        browser.until("document.querySelectorAll('dialog .chip').length === 2");
        browser.click("dialog .primary");
        browser.read("Page is not / or /pricing");
        ready();
        Map<?, ?> answer = (Map<?, ?>)
                api("/api/analytics/" + site.id() + "/overview?period=7d&compare=previous&page=!/&page=!/pricing");
        assertThat(card("page_views"))
                .isEqualTo(((Map<?, ?>) answer.get("current")).get("pageViews").toString());
        browser.click(".chip-remove");
        browser.gone(".chip");
    }

    @Test
    void germanyIsTypedAsItIsReadAndAnotherDimensionBeginsAnew() {
        openSite("?period=7d");
        browser.click("[data-add-filter]");
        choose("dimension", "country");
        browser.type("dialog [role=combobox]", "Germany" + Keys.ENTER);
        browser.until("document.querySelector('dialog .chip').innerText.trim() === 'Germany'");
        choose("dimension", "language");
        browser.gone("dialog .chip");
        choose("dimension", "country");
        browser.type("dialog [role=combobox]", "germ");
        browser.see("dialog [data-value=DE]");
        browser.press(Keys.ARROW_DOWN);
        browser.see("dialog [data-value=DE][aria-selected=true]");
        browser.press(Keys.ENTER);
        browser.click("dialog .primary");
        browser.read("Country is Germany");
        assertThat(browser.path()).contains("country=DE");
        ready();
        assertThat(card("visitors")).isNotEqualTo("0");
        browser.click(".chip-remove");
        browser.gone(".chip");
    }

    @Test
    void whatIsTypedAndMatchesNothingSaysSoAndFiltersNothing() {
        openSite("?period=7d");
        browser.click("[data-add-filter]");
        browser.type("dialog [role=combobox]", "/no-such-page");
        browser.read("Nothing in this period matches “/no-such-page”.");
        choose("dimension", "country");
        browser.type("dialog [role=combobox]", "Germny");
        browser.click("dialog .primary");
        browser.see("dialog [role=alert]");
        browser.read("Country: nothing is called “Germny”.");
        assertThat(browser.path()).doesNotContain("country");
        browser.press(Keys.ESCAPE, Keys.ESCAPE);
        browser.gone("dialog");
    }

    @Test
    void anAddressWithTheNameOfACountryIsUnderstoodOrRefused() {
        openSite("?period=7d&country=DE");
        String visitors = card("visitors");
        openSite("?period=7d&country=Germany");
        assertThat(card("visitors")).isEqualTo(visitors).isNotEqualTo("0");
        open(sitePath("?period=7d&country=Germny"));
        browser.read("country: must be a code such as DE, or what a country is called in English");
        assertThat(complaints()).singleElement().asString().contains("400");
        browser.click(".chip-remove");
        ready();
    }

    @Test
    void everyRowIsLeftOutByPointerKeyboardAndFinger() {
        openSite("?period=7d&tabs=country");
        browser.click("[data-panel=places] [aria-label='Leave out Germany']");
        browser.read("Country is not Germany");
        ready();
        assertThat(browser.path()).contains("country=!DE");
        browser.gone("[data-panel=places] [data-name=DE]");
        browser.run("document.querySelector('[data-panel=sources] a.row').focus()");
        browser.tab();
        assertThat(browser.run("return document.activeElement.ariaLabel"))
                .asString()
                .startsWith("Leave out ");
        browser.press(Keys.ENTER);
        browser.until("location.search.includes('source=!')");
        ready();
        openSite("?period=7d&tabs=property&key=plan");
        browser.click("[data-panel=events] [aria-label='Leave out pro']");
        browser.until("location.search.includes('prop.plan=!pro')");
        ready();
        touch(true);
        browser.size(360, 740);
        openSite("?period=7d");
        browser.until("getComputedStyle(document.querySelector('.row-not')).opacity === '1'");
        touch(false);
    }

    private void touch(boolean on) {
        browser.driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", on));
    }

    @Test
    void anIntervalThatDoesNotSuitThePeriodIsNoError() {
        openSite("?period=all&interval=hour");
        browser.see("select[name=interval]");
        assertThat(browser.run("return document.querySelector('select[name=interval]').value"))
                .isEqualTo("");
    }

    private void choose(String field, String value) {
        browser.see("dialog select[name=" + field + "]");
        browser.run(
                "const s = document.querySelector(`dialog select[name=${arguments[0]}]`); s.value = arguments[1];"
                        + " s.dispatchEvent(new Event('change'))",
                field,
                value);
    }

    @Test
    void aClickOnAStarFiltersTheStarAndNotEverything() {
        Site odd = server.engine.addSite(Site.of("odd.example")).join();
        for (String source : List.of("*", "!x", "(none)", "plain")) {
            server.engine
                    .collector()
                    .put(Beacon.pageview(odd.id())
                            .url("https://odd.example/")
                            .campaign(new Campaign(source, null, null, null, null))
                            .visitorId("of " + source)
                            .address("192.0.2.9")
                            .build())
                    .join();
        }
        for (String row : List.of("*", "!x", "\\\\(none)", "plain")) {
            open("/sites/" + odd.id() + "?period=today");
            ready();
            browser.click("[data-panel=sources] [data-name='" + row + "']");
            browser.see(".chip");
            ready();
            assertThat(card("visitors")).as(row).isEqualTo("1");
        }
    }

    @Test
    void theWholeTableIsSearchedSortedAndDownloaded() throws IOException {
        openSite("?period=7d");
        browser.click("[data-panel=pages] .more");
        browser.see("dialog table");
        int all = rows();
        browser.type("dialog input[type=search]", "docs");
        browser.until("[...document.querySelectorAll('dialog tbody th')].every(h => h.textContent.includes('docs'))");
        assertThat(rows()).isBetween(1, all - 1);
        for (int column = 1; column <= 8; column++) {
            sortedBothWays(column);
        }
        browser.click("dialog thead th:nth-child(4) button");
        browser.see("dialog thead th:nth-child(4)[aria-sort=descending]");
        browser.click("dialog a[download]");
        Path file = downloads.resolve("page.csv");
        awaitFile(file);
        assertThat(Files.readString(file))
                .startsWith(
                        "name,visitors,sessions,page_views,events,bounce_rate,avg_duration,time_on_page,scroll_depth")
                .contains("/docs");
        browser.press(Keys.ESCAPE);
        browser.gone("dialog");
        assertThat(browser.path()).doesNotContain("more=");
    }

    /** By the keyboard, as any button. */
    private void sortedBothWays(int column) {
        String head = "dialog thead th:nth-child(" + column + ")";
        browser.click(head + " button");
        browser.see(head + "[aria-sort]");
        List<String> once = names();
        String way = String.valueOf(browser.run("return document.querySelector('" + head + "').ariaSort"));
        browser.press(Keys.ENTER);
        browser.see(head + "[aria-sort=" + (way.equals("ascending") ? "descending" : "ascending") + "]");
        browser.until("!document.querySelector('dialog .stale')");
        assertThat(browser.run("return document.querySelectorAll('dialog [aria-sort]').length"))
                .isEqualTo(1L);
        assertThat(names()).containsExactlyInAnyOrderElementsOf(once);
        if (column == 1) {
            assertThat(names()).isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    private List<String> names() {
        browser.until("!document.querySelector('dialog .stale')");
        return ((List<?>) browser.run("return [...document.querySelectorAll('dialog tbody th')].map(h => h.innerText)"))
                .stream().map(String::valueOf).toList();
    }

    private int rows() {
        return ((Long) browser.run("return document.querySelectorAll('dialog tbody tr').length")).intValue();
    }

    private void awaitFile(Path file) {
        for (int i = 0; i < 200 && !Files.exists(file); i++) {
            browser.driver.executeAsyncScript("setTimeout(arguments[0], 25)");
        }
    }

    @Test
    void periodsComparisonAndIntervalAreChosen() {
        openSite("");
        browser.click("mr-period mr-menu .button");
        browser.click("[data-period=today]");
        browser.until("location.search.includes('period=today')");
        ready();
        browser.click(".compare .button");
        browser.click("[data-compare=year]");
        browser.until("location.search.includes('compare=year')");
        ready();
        browser.click("mr-period mr-menu .button");
        browser.click(".day:not(:disabled)");
        browser.run("[...document.querySelectorAll('.day:not(:disabled)')].at(-1).click()");
        browser.until("location.search.includes('from=')");
        ready();
        browser.run(
                "const s = document.querySelector('[name=interval]'); s.value = 'day'; s.dispatchEvent(new Event('change'))");
        browser.until("location.search.includes('interval=day')");
        ready();
    }

    @Test
    void theFirstLoadIsFewAndSmallAnswers() {
        openSite("?period=7d");
        List<?> loaded = (List<?>) browser.run("return [...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')].filter(r => !/\\/(later|flags|regions)\\//.test(r.name))"
                + ".map(r => r.encodedBodySize)");
        assertThat(loaded).hasSizeLessThanOrEqualTo(20);
        assertThat(loaded.stream().mapToLong(n -> ((Number) n).longValue()).sum())
                .as("bytes of " + loaded)
                .isBetween(40_000L, 90L * 1024);
    }

    @Test
    void theGraphIsReadUnderThePointer() {
        openSite("?period=7d");
        browser.run("const g = document.querySelector('.graph').getBoundingClientRect();"
                + "document.querySelector('.graph').dispatchEvent(new PointerEvent('pointermove',"
                + " {clientX: g.left + g.width / 2, clientY: g.top + 50, bubbles: true}))");
        browser.see(".read-out");
        assertThat(browser.run("return document.querySelectorAll('.line.partial').length"))
                .isEqualTo(1L);
        assertThat(browser.run("return document.querySelectorAll('path.ghost').length"))
                .isEqualTo(1L);
    }

    @Test
    void whoIsHereComesByItselfAndHasAJourney() {
        open(sitePath("/realtime"));
        browser.see("[data-live-count]");
        server.engine
                .collector()
                .put(io.millrace.engine.Beacon.pageview(site.id())
                        .url("https://example.com/just-now")
                        .visitorId("somebody-new")
                        .address("192.0.2.9")
                        .build())
                .join();
        browser.read("/just-now");
        browser.click("a[href*='visitor=somebody-new']");
        browser.see(".timeline");
        browser.read("/just-now");
    }

    @Test
    void pathsAreShownAsAPictureAndAsAList() {
        open(sitePath("/flow?period=7d"));
        browser.see(".flow-node");
        browser.click(".as-table summary");
        browser.see(".tree li");
        browser.run(
                "document.querySelector('.flow-node a[href]').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))");
        browser.until("location.search.includes('root=')");
    }

    @Test
    void pathsBeginAtAnEventOrLeadToIt() {
        open(sitePath("/flow?period=7d"));
        browser.see("select[name=root] optgroup option");
        select("root", "event Signup");
        browser.until("location.search.includes('rootEvent=Signup')");
        browser.read("Signup");
        select("direction", "backward");
        browser.until("[...document.querySelectorAll('.flow-node')].some(n => n.textContent.includes('begin here'))");
        assertThat(browser.run("return document.querySelector('.flow-node a') !== null"))
                .isEqualTo(true);
        Map<?, ?> flow =
                (Map<?, ?>) api("/api/analytics/" + site.id() + "/flow?period=7d&rootEvent=Signup&direction=backward");
        Object visitors = ((Map<?, ?>) flow.get("root")).get("visitors");
        browser.read("Signup");
        assertThat(browser.see(".flow-node .muted").getText()).startsWith(visitors + " ");
    }

    private void select(String name, String value) {
        browser.run("const select = document.querySelector('select[name=" + name + "]'); select.value = '" + value
                + "'; select.dispatchEvent(new Event('change'))");
    }
}
