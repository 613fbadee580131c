package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A goal and a funnel are defined, a site is clicked through with the tracker in it, and page, API and CSV say the same. */
class ClickedThroughTest extends PageFixture {
    private static final String PERIOD = "?period=7d";

    /** Nobody has asked about it before all was clicked. */
    private static final String AFTER = "?period=30d";

    private List<?> table() {
        return (List<?>) browser.run("return [...document.querySelectorAll('.data tbody tr')]"
                + ".map(r => [...r.children].map(c => c.textContent.trim()))");
    }

    private List<?> rows(String report, String list) {
        return (List<?>) ((Map<?, ?>) api("/api/analytics/" + site.id() + "/" + report)).get(list);
    }

    private List<String> csv(String report) {
        String csv = (String) browser.driver.executeAsyncScript(
                "fetch(arguments[0]).then(r => r.text()).then(arguments[1])",
                "/api/analytics/" + site.id() + "/" + report + "&format=csv");
        return csv.lines().skip(1).toList();
    }

    private void choose(String field, String value) {
        browser.run("const s = document.querySelector('select[name=" + field + "]'); s.value = '" + value
                + "'; s.dispatchEvent(new Event('change', {bubbles: true}))");
    }

    private void define() {
        open(sitePath("/goals" + PERIOD));
        browser.click("[data-edit-goal]");
        browser.type("dialog [name=name]", "Paid");
        browser.type("dialog [name=page]", "/shop/paid");
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.read("Paid");
        open(sitePath("/funnels" + PERIOD));
        browser.click("[data-add-funnel]");
        browser.type("dialog [name=name]", "Buying");
        browser.type("dialog [name=step-0]", "/shop");
        browser.click("dialog [data-more-steps]");
        choose("kind-1", "event");
        browser.type("dialog [name=step-1]", "Basket");
        choose("kind-2", "goal");
        browser.type("dialog [name=step-2]", "Paid");
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.see("mr-funnels .data");
    }

    private void clickThrough() {
        open("/visited.html");
        browser.click("a[href='/shop']");
        browser.until("location.pathname === '/shop'");
        browser.click("a[href='/shop/shoes']");
        browser.until("location.pathname === '/shop/shoes' && typeof window.millrace === 'function'");
        browser.run("millrace('event', 'Basket')");
        browser.click("a[href='/shop/paid']");
        browser.until("location.pathname === '/shop/paid'");
    }

    /** Asks another question each time, as an answer is kept for a while. */
    private void await(int completions) {
        for (int i = 0; i < 200; i++) {
            String asked = "goals" + PERIOD + "&page=/shop*&page=/" + completions + "/" + i;
            if (((Map<?, ?>) rows(asked, "goals").get(0)).get("completions").equals((long) completions)) {
                return;
            }
            browser.driver.executeAsyncScript("setTimeout(arguments[0], 50)");
        }
        throw new AssertionError("not counted: " + completions);
    }

    @Test
    void whatIsClickedCompletesAGoalAndTakesAFunnelAndTheFiguresAreEqualEverywhere() {
        define();
        clickThrough();
        await(1);
        clickThrough();
        await(2);

        Map<?, ?> goal = (Map<?, ?>) rows("goals" + AFTER, "goals").get(0);
        assertThat(goal.get("visitors")).isEqualTo(1L);
        open(sitePath("/goals" + AFTER));
        browser.read("Paid");
        assertThat(((List<?>) table().get(0)).subList(0, 3)).hasToString("[Paid, 1, 2]");
        assertThat(csv("goals" + AFTER)).singleElement().asString().contains(",Paid,1,2,");

        assertThat(rows("funnel" + AFTER, "steps"))
                .extracting(step -> ((Map<?, ?>) step).get("visitors"))
                .hasToString("[1, 1, 1]");
        assertThat(csv("funnel" + AFTER)).extracting(line -> line.split(",")[2]).containsExactly("1", "1", "1");
        open(sitePath("/funnels" + AFTER));
        browser.until("document.querySelectorAll('.data tbody tr').length === 3");
        assertThat(table().stream()
                        .map(row -> ((List<?>) row).subList(0, 3).toString())
                        .toList())
                .containsExactly("[1. /shop, 1, 100%]", "[2. Basket, 1, 100%]", "[3. Paid, 1, 100%]");
    }
}
