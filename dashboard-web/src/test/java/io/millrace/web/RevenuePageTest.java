package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What payments are credited to: the same figures in page, API and CSV, and the payments that they come of. */
class RevenuePageTest extends PageFixture {
    private Map<?, ?> report(String query) {
        return (Map<?, ?>) api("/api/analytics/" + site.id() + "/attribution?period=7d" + query);
    }

    /** The names, conversions and minor units that the page shows. */
    private List<?> table() {
        return (List<?>) browser.run("return [...document.querySelectorAll('mr-revenue > .box')[1]"
                + ".querySelectorAll('tbody tr')].map(r => [...r.children].map(c => c.textContent.trim()))"
                + ".map(([name, n, money]) => [name, Number(n), Number(money.replace(/[^0-9]/g, ''))].join(' '))");
    }

    private static String shown(Object row) {
        Map<?, ?> of = (Map<?, ?>) row;
        return of.get("name") + " " + of.get("conversions") + " " + of.get("revenue");
    }

    private static String ofCsv(String line) {
        String[] cells = line.split(",");
        return cells[0] + " " + cells[2].replaceAll("[.]0$", "") + " " + cells[3];
    }

    private void choose(String name, String value) {
        browser.run("const s = document.querySelector('select[name=" + name + "]'); s.value = '" + value
                + "'; s.dispatchEvent(new Event('change'))");
    }

    @Test
    void creditsByTheChosenVisitsWhatTheApiSays() {
        open(sitePath("/revenue?period=7d"));
        browser.see("mr-revenue .data");
        for (String attribution : List.of("last", "first", "linear")) {
            choose("attribution", attribution);
            List<?> rows = (List<?>) report("&attribution=" + attribution).get("rows");
            assertThat(rows).isNotEmpty();
            browser.until("document.querySelectorAll('mr-revenue > .box')[1].querySelectorAll('tbody tr').length === "
                    + rows.size() + " && !document.querySelector('.stale') && new URLSearchParams(location.search)"
                    + ".get('attribution') === '" + attribution + "'");
            assertThat(table())
                    .isEqualTo(rows.stream().map(RevenuePageTest::shown).toList());
            String csv = (String) browser.driver.executeAsyncScript(
                    "fetch(arguments[0]).then(r => r.text()).then(arguments[1])",
                    "/api/analytics/" + site.id() + "/attribution?period=7d&format=csv&attribution=" + attribution);
            assertThat(csv.lines().skip(1).map(RevenuePageTest::ofCsv).toList()).isEqualTo(table());
        }
        choose("by", "affiliate");
        browser.read("anna");
    }

    @Test
    void listsPaymentsWithTheirVisitAndLeadsToTheirJourney() {
        open(sitePath("/revenue?period=7d"));
        browser.see("mr-conversions .data");
        Map<?, ?> list = (Map<?, ?>) api("/api/analytics/" + site.id() + "/conversions?period=7d&limit=100");
        Map<?, ?> first = (Map<?, ?>) ((List<?>) list.get("conversions")).get(0);
        browser.read((String) first.get("external_id"));
        browser.read((String) first.get("entry_page"));
        browser.click("mr-conversions .data a");
        browser.see(".timeline");
    }
}
