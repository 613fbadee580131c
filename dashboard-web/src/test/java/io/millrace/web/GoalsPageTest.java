package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goals on the page: defined, completed, filtered by, changed and removed; the same figures in page, API and CSV. */
class GoalsPageTest extends PageFixture {
    private static final String PERIOD = "?period=7d";

    private void define(String name, String field, String value) {
        browser.click("[data-edit-goal]");
        browser.type("dialog [name=name]", name);
        browser.type("dialog [name=" + field + "]", value);
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.read(name);
    }

    /** The texts of the table's rows, a cell each. */
    private List<?> table() {
        return (List<?>) browser.run("return [...document.querySelectorAll('.data tbody tr')]"
                + ".map(r => [...r.children].map(c => c.textContent.trim().replace('%', '')))");
    }

    private Map<?, ?> report(String report) {
        return (Map<?, ?>) api("/api/analytics/" + site.id() + "/" + report);
    }

    private String csv(String report) {
        return (String) browser.driver.executeAsyncScript(
                "fetch(arguments[0]).then(r => r.text()).then(arguments[1])",
                "/api/analytics/" + site.id() + "/" + report + "&format=csv");
    }

    @Test
    void whatIsDefinedCountsAtOnceAndTheSameEverywhere() {
        open(sitePath("/goals" + PERIOD));
        browser.read("No goal yet.");
        define("Subscribed", "event", "Signup");
        define("Priced", "page", "/pric*");

        List<?> rows = (List<?>) report("goals" + PERIOD).get("goals");
        assertThat(rows).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Map<?, ?> row = (Map<?, ?>) rows.get(i);
            assertThat(((Number) row.get("visitors")).longValue()).isPositive();
            assertThat(((List<?>) table().get(i)).subList(0, 3))
                    .isEqualTo(List.of(row.get("name"), "" + row.get("visitors"), "" + row.get("completions")));
            assertThat(csv("goals" + PERIOD))
                    .contains("," + row.get("name") + "," + row.get("visitors") + "," + row.get("completions") + ",");
        }

        for (String way : List.of("ascending", "descending")) {
            browser.click(".data th:nth-child(1) button");
            browser.see(".data th:nth-child(1)[aria-sort=" + way + "]");
            assertThat(((List<?>) table().get(0)).get(0)).isEqualTo(way.equals("ascending") ? "Priced" : "Subscribed");
        }
        browser.run("[...document.querySelectorAll('.data a')].find(a => a.textContent === 'Subscribed').click()");
        browser.see(".stats");
        browser.run("const by = document.querySelector('select[name=by]'); by.value = 'country';"
                + " by.dispatchEvent(new Event('change'))");
        browser.read("Germany");
        Object id = browser.run("return new URLSearchParams(location.search).get('id')");
        List<?> countries = (List<?>)
                report("goal" + PERIOD + "&dimension=country&id=" + id).get("rows");
        browser.until("document.querySelectorAll('.data tbody tr').length === " + countries.size());
        for (int i = 0; i < countries.size(); i++) {
            Map<?, ?> row = (Map<?, ?>) countries.get(i);
            assertThat(((List<?>) table().get(i)).subList(1, 3))
                    .isEqualTo(List.of("" + row.get("visitors"), "" + row.get("completions")));
        }
        removeBoth();
    }

    private void removeBoth() {
        for (String name : List.of("Subscribed", "Priced")) {
            open(sitePath("/goals" + PERIOD));
            browser.read(name);
            browser.run(
                    "[...document.querySelectorAll('.data a')].find(a => a.textContent === '" + name + "').click()");
            browser.see(".stats");
            browser.click("[data-edit-goal]");
            browser.see("dialog [name=name]");
            browser.run("window.confirm = () => true");
            browser.click("dialog .danger");
            browser.gone("dialog");
        }
        browser.read("No goal yet.");
    }

    @Test
    void aClickOnAGoalFiltersByTheVisitsThatDidIt() {
        Object id = ((Map<?, ?>) browser.fetch(
                                "POST",
                                "/api/sites/" + other.id() + "/goals",
                                "{\"name\":\"Paid, twice!\",\"event\":\"Paid\"}")
                        .get("body"))
                .get("id");
        assertThat(id).isNotNull();
        server.engine
                .collector()
                .put(Beacon.event(other.id(), "Paid")
                        .url("https://other.example/")
                        .visitorId("payer")
                        .address("192.0.2.9")
                        .build())
                .join();
        open("/sites/" + other.id() + "?period=7d&tabs=goals");
        ready();
        browser.click("[data-panel=conversions] a.row");
        browser.see("[data-panel=conversions] a.row.set");
        browser.read("Goal is Paid, twice!");
        browser.until("document.querySelector('.summary:not(.stale) .card-value').textContent.trim() === '1'");
        browser.click("[data-panel=conversions] .more");
        browser.see("mr-goals .data");
        assertThat(table()).hasSize(1);
        browser.read("Goal is Paid, twice!");
    }
}
