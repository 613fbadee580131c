package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** Every tab of every panel shows the API's figures, with and without a filter, and leads to where it says. */
class PanelsTest extends PageFixture {
    private static final int ROWS = 9;

    static Stream<Arguments> tabs() {
        return Stream.of(
                        "sources: source referrer channel utm_campaign utm_source utm_medium",
                        "pages: page entry_page exit_page hostname",
                        "places: country region city language",
                        "technology: browser browser_version os os_version device screen",
                        "events: event")
                .flatMap(line ->
                        Stream.of(line.split(": ")[1].split(" ")).map(tab -> Arguments.of(line.split(": ")[0], tab)));
    }

    @ParameterizedTest
    @MethodSource("tabs")
    void everyTabShowsWhatTheApiSays(String panel, String tab) {
        for (String filter : List.of("", "&country=DE")) {
            openSite("?period=7d&tabs=" + tab + filter);
            assertThat(shown(panel))
                    .as(tab + filter)
                    .isEqualTo(breakdown(tab, filter))
                    .isNotEmpty();
        }
    }

    private List<String> shown(String panel) {
        Object rows = browser.run("return [...document.querySelectorAll('[data-panel=" + panel + "] li .row')].map(r =>"
                + " r.dataset.name + ' ' + r.querySelector('.row-value').textContent.trim()).sort()");
        return ((List<?>) rows).stream().map(String::valueOf).toList();
    }

    /** What the API says of all values, cut to as many as the panel shows. */
    private List<String> breakdown(String tab, String filter) {
        String order = tab.equals("page") ? "page_views" : tab.equals("event") ? "events" : "sessions";
        String query = "breakdown?period=7d&dimension=" + tab + "&sort=" + order + "&limit=" + ROWS + filter;
        return rows(rowsOf(query, "rows"), tab.equals("event") ? "events" : "visitors");
    }

    private static List<String> rows(List<?> rows, String figure) {
        return rows.stream()
                .map(r -> (Map<?, ?>) r)
                .map(r -> r.get("name") + " " + r.get(figure))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<?> rowsOf(String report, String list) {
        Object found = api("/api/analytics/" + site.id() + "/" + report);
        for (String name : list.split("\\.")) {
            found = ((Map<?, ?>) found).get(name);
        }
        return (List<?>) found;
    }

    @Test
    void regionsAreCalledByTheirNamesAndFoundByThem() {
        openSite("?period=7d&tabs=region");
        browser.until("document.querySelector('[data-name=\"DE-BE\"] .row-name')?.textContent === 'Berlin, Germany'");
        openSite("?period=7d&region=DE-BE");
        browser.read("Berlin, Germany");
    }

    @Test
    void everyFieldOfACampaignAndTheAddressesOfReferrersAreReachedByClicks() {
        openSite("?period=7d");
        browser.choose("[data-panel=sources] [data-group=source]", "referrer");
        browser.see("[data-panel=sources] [data-name^='https://news.ycombinator.com']");
        browser.click("[data-panel=sources] [data-tab=utm_campaign]");
        browser.see("[data-panel=sources] [data-name=autumn]");
        for (String field : List.of("utm_source", "utm_medium", "utm_term", "utm_content", "utm_campaign")) {
            browser.choose("[data-panel=sources] [data-group=utm_campaign]", field);
            String first = Map.of("utm_source", "newsletter", "utm_medium", "email", "utm_campaign", "autumn")
                    .getOrDefault(field, "(none)");
            browser.see("[data-panel=sources] [data-name='" + first + "']");
        }
    }

    @Test
    void aCountryLeadsToItsRegionsAndTheseToTheirCities() {
        openSite("?period=7d&tabs=country,os");
        browser.click("[data-panel=places] [data-name=DE]");
        browser.see("[data-panel=places] [data-tab=region][aria-selected=true]");
        browser.click("[data-panel=places] [data-name=DE-BE]");
        browser.see("[data-panel=places] [data-name=Berlin]");
        assertThat(browser.path()).contains("country=DE", "region=DE-BE", "city");
        browser.click("[data-panel=technology] [data-name=Linux]");
        browser.until("document.querySelector('[data-panel=technology] select').value === 'os_version'");
    }

    @Test
    void theChosenMetricStandsBesideTheVisitorsOfEachRow() {
        openSite("?period=7d&metric=page_views");
        List<?> rows = rowsOf("breakdown?period=7d&dimension=source&limit=" + ROWS, "rows");
        assertThat(browser.run("return [...document.querySelectorAll('[data-panel=sources] .row')].map(r =>"
                        + " r.dataset.name + ' ' + r.querySelector('.row-more').textContent)"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(rows(rows, "page_views"));
        assertThat(browser.text()).contains("Source\n", "Page views\nVisitors");
    }

    @Test
    void aRowSaysUnderThePointerHowManyThereWereInThePeriodBefore() {
        openSite("?period=7d");
        browser.hover("[data-panel=sources] [data-name=Google]");
        browser.see("[data-panel=sources] [data-name=Google] .row-before [title^='Previously ']");
        Object before = rowsOf("breakdown?period=7d&dimension=source&search=Google&compare=previous", "rows").stream()
                .map(r -> ((Map<?, ?>) r).get("previous"))
                .findFirst()
                .orElseThrow();
        browser.see("[data-name=Google] .row-before [title='Previously " + before + "']");
    }

    @Test
    void sourcesBrowsersAndCountriesHavePicturesAndLongPathsBothTheirEnds() {
        openSite("?period=7d&tabs=country,referrer");
        browser.see("[data-panel=technology] [data-name=Firefox] svg.mark path");
        browser.until("document.querySelector('[data-name=DE] img.mark')?.naturalWidth > 0");
        Object ends =
                browser.run("return [...document.querySelector('[data-name^=\"https://news\"] .row-name').children]"
                        + ".map(e => e.textContent)");
        assertThat(ends).isEqualTo(List.of("https://news.ycom", "binator.com/"));
        openSite("?period=7d");
        browser.see("[data-panel=sources] [data-name='Hacker News'] svg.mark path");
        browser.see("[data-panel=sources] [data-name=newsletter] .mark.letter");
    }

    @Test
    void affiliatesAndConversionsShowWhatTheApiSays() {
        openSite("?period=7d&tabs=affiliates");
        assertThat(shown("sources")).isEqualTo(rows(rowsOf("overview?period=7d", "affiliates"), "visitors"));
        assertThat(shown("sources")).singleElement().asString().startsWith("Anna ");
        assertThat(shown("conversions"))
                .isEqualTo(rows(rowsOf("overview?period=7d", "conversions.bySource"), "conversions"))
                .isNotEmpty();
    }

    @Test
    void theConversionsBehindThePanelAreSearchedAndLeadToJourneys() {
        openSite("?period=7d&more=conversions");
        int all = rowsOf("conversions?period=7d&limit=100", "conversions").size();
        browser.until("document.querySelectorAll('dialog tbody tr').length === " + all);
        browser.type("dialog input[type=search]", "v1");
        browser.until("[...document.querySelectorAll('dialog tbody th')].every(h => h.textContent.includes('v1'))");
        browser.click("dialog tbody a");
        browser.see(".timeline .paid");
    }

    @Test
    void propertiesShowWhatTheApiSaysAndLeadToTheirValues() {
        openSite("?period=7d&event=Signup");
        browser.click("[data-panel=events] [data-tab=property]");
        browser.see("[data-panel=events] a.row[data-name=plan]");
        assertThat(shown("events")).isEqualTo(rows(rowsOf("properties?period=7d&event=Signup", "rows"), "events"));
        browser.click("[data-panel=events] a.row[data-name=plan]");
        browser.see("[data-panel=events] .row[data-name=pro]");
        assertThat(browser.path()).contains("tabs=property", "key=plan");
        assertThat(shown("events"))
                .isEqualTo(rows(rowsOf("properties?period=7d&event=Signup&key=plan", "rows"), "events"))
                .hasSize(3);
        browser.driver.navigate().refresh();
        browser.click("[data-panel=events] a.row[data-name=pro]");
        browser.see("[data-panel=events] a.row.set[data-name=pro]");
        assertThat(browser.path()).contains("prop.plan=pro");
        browser.read("plan is pro");
        browser.click(".chip-remove[aria-label*=plan]");
        browser.see("[data-panel=events] a.row:not(.set)[data-name=pro]");
        assertThat(browser.path()).doesNotContain("prop.plan");
        browser.click("[data-panel=events] .row-key a");
        browser.see("[data-panel=events] a.row[data-name=seats]");
    }

    @Test
    void aTableWhoseFiguresAreApproximateSaysSo() {
        openSite("?period=7d");
        browser.run("const own = window.fetch; window.fetch = async (...asked) => {"
                + " const answer = await own(...asked);"
                + " if (!String(asked[0].url ?? asked[0]).includes('/breakdown')) return answer;"
                + " return Response.json({...(await answer.json()), approximate: true}) }");
        browser.click("[data-panel=pages] .more");
        browser.read("these figures are approximate");
    }

    @Test
    void manyValuesEndWithTheRestAndAllStandInTheWholeTable() {
        openSite("?period=30d&tabs=property&key=seats");
        browser.see("[data-panel=events] li:last-child [data-name='(other)']");
        assertThat(shown("events")).hasSize(ROWS);
        browser.click("[data-panel=events] .more");
        browser.read("Values of seats");
        int all = rowsOf("properties?period=30d&key=seats", "rows").size();
        browser.until("document.querySelectorAll('dialog tbody tr').length === " + all);
        browser.press(Keys.ESCAPE);
        browser.gone("dialog");
        browser.click("[data-panel=events] [data-tab=event]");
        browser.see("[data-panel=events] [data-name=Signup]");
        assertThat(browser.path()).doesNotContain("key=");
    }

    @Test
    void theTableBesideTheGraphIsTheSeries() {
        openSite("?period=7d&metric=page_views");
        Object cells = browser.run("return [...document.querySelectorAll('.as-table tbody tr')].map(r =>"
                + " r.querySelector('td').textContent.trim())");
        assertThat(cells).isEqualTo(figures("overview?period=7d", "timeSeries", "page_views"));
    }

    private List<String> figures(String report, String list, String figure) {
        return rowsOf(report, list).stream()
                .map(r -> String.valueOf(((Map<?, ?>) r).get(figure)))
                .toList();
    }

    @Test
    void theSitesStandBesideEachOtherWhereThereIsRoom() {
        browser.size(1440, 900);
        open("/?all");
        browser.see(".site-card");
        assertThat(browser.run("return [...document.querySelectorAll('.site-card')].map(c =>"
                        + " Math.round(c.getBoundingClientRect().top))"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .satisfies(tops -> assertThat(tops.get(0)).isEqualTo(tops.get(1)));
        assertThat(browser.run("return document.querySelector('.toolbar').clientWidth"))
                .as("the bar above them is as wide as the page")
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isGreaterThan(1000);
    }

    @Test
    void theSitesShowWhatTheApiSays() {
        open("/?all");
        browser.see(".site-card");
        List<?> sites = (List<?>) ((Map<?, ?>) api("/api/overview")).get("sites");
        Object shown = browser.run("return [...document.querySelectorAll('.site-card')].map(c =>"
                + " [...c.querySelectorAll('b')].map(b => b.textContent.trim()).join(' '))");
        assertThat(shown)
                .isEqualTo(sites.stream()
                        .map(s -> (Map<?, ?>) s)
                        .map(s -> s.get("domain") + " " + s.get("visitors") + " " + s.get("pageViews"))
                        .toList());
    }
}
