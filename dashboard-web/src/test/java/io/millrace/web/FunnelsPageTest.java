package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Funnels and retention on the page: a funnel is defined, a site clicked through, and page, API and CSV say the same. */
class FunnelsPageTest extends PageFixture {
    private static final String PERIOD = "?period=7d";

    private int clicks;

    @BeforeAll
    void aVisitorOfOtherDaysAndOneWithoutAnId() {
        long now = System.currentTimeMillis();
        for (int days = 4; days >= 2; days--) {
            long time = now - Duration.ofDays(days).toMillis();
            server.engine
                    .collector()
                    .put(Beacon.pageview(other.id())
                            .url("https://other.example/")
                            .visitorId("comes again")
                            .time(time)
                            .trusted(true)
                            .build())
                    .join();
        }
        server.engine
                .collector()
                .put(Beacon.pageview(other.id())
                        .url("https://other.example/")
                        .address("192.0.2.77")
                        .userAgent("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
                        .build())
                .join();
    }

    private String path(String page) {
        return "/sites/" + other.id() + "/" + page + PERIOD;
    }

    private List<?> table() {
        return (List<?>) browser.run("return [...document.querySelectorAll('.data tbody tr')]"
                + ".map(r => [...r.children].map(c => c.textContent.trim()))");
    }

    private Map<?, ?> report(String report) {
        return (Map<?, ?>) api("/api/analytics/" + other.id() + "/" + report);
    }

    private List<String> csv(String report) {
        String csv = (String) browser.driver.executeAsyncScript(
                "fetch(arguments[0]).then(r => r.text()).then(arguments[1])",
                "/api/analytics/" + other.id() + "/" + report + "&format=csv");
        return csv.lines().skip(1).toList();
    }

    private void click(String visitor, String url, String event) {
        Beacon beacon = (event == null ? Beacon.pageview(other.id()) : Beacon.event(other.id(), event))
                .url("https://other.example" + url)
                .visitorId(visitor)
                .time(System.currentTimeMillis() - Duration.ofMinutes(5).toMillis() + 1_000L * clicks++)
                .trusted(true)
                .build();
        server.engine.collector().put(beacon).join();
    }

    private void choose(String field, String value) {
        browser.run("const s = document.querySelector('select[name=" + field + "]'); s.value = '" + value
                + "'; s.dispatchEvent(new Event('change', {bubbles: true}))");
    }

    @Test
    void aFunnelIsDefinedAndTakenAndSaysTheSameEverywhere() {
        for (String visitor : List.of("anna", "bert", "carl")) {
            click(visitor, "/shop/shoes", null);
        }
        click("anna", "/shop/shoes", "Basket");
        click("bert", "/shop/shoes", "Basket");
        click("anna", "/paid", null);
        open(path("funnels"));
        browser.read("No funnel yet.");
        browser.click("[data-add-funnel]");
        browser.type("dialog [name=name]", "Way to buy");
        browser.type("dialog [name=step-0]", "/shop*");
        browser.click("dialog [data-more-steps]");
        choose("kind-1", "event");
        browser.type("dialog [name=step-1]", "Basket");
        browser.type("dialog [name=step-2]", "/paid");
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.see("mr-funnels .data");

        browser.until("document.querySelectorAll('.data tbody tr').length === 3");

        assertThat(table().stream()
                        .map(row -> ((List<?>) row).subList(0, 3).toString())
                        .toList())
                .containsExactly("[1. /shop*, 3, 100%]", "[2. Basket, 2, 67%]", "[3. /paid, 1, 33%]");
        List<?> steps =
                (List<?>) report("funnel" + PERIOD + "&funnel=Way+to+buy").get("steps");
        assertThat(steps).extracting(step -> ((Map<?, ?>) step).get("visitors")).hasToString("[3, 2, 1]");
        assertThat(csv("funnel" + PERIOD + "&funnel=Way+to+buy"))
                .extracting(line -> line.split(",")[2])
                .containsExactly("3", "2", "1");

        choose("by", "source");
        browser.until("document.querySelectorAll('.values tbody tr').length === 1");
        assertThat(table().get(3)).isEqualTo(List.of("Direct", "3", "1", "33%"));

        browser.click("[data-edit-funnel]");
        browser.see("dialog [name=step-2]");
        browser.type("dialog [name=days]", "7");
        browser.click("dialog .primary");
        browser.gone("dialog");
        browser.see("[data-left-out]");
        browser.read("data-identity=\"local\"");

        browser.click("[data-edit-funnel]");
        browser.see("dialog [name=name]");
        browser.run("window.confirm = () => true");
        browser.click("dialog .danger");
        browser.gone("dialog");
        browser.read("No funnel yet.");
    }

    @Test
    void retentionShowsWhoCameBackWithShadesAndWhoIsLeftOut() {
        open(path("retention"));
        browser.see("mr-retention .data");
        choose("unit", "day");
        browser.until("document.querySelectorAll('.data tbody tr').length === 7");
        List<String> expected = csv("retention" + PERIOD + "&unit=day");
        List<?> rows = table();
        int line = 0;
        for (Object row : rows) {
            List<?> cells = (List<?>) row;
            for (int cell = 1; cell < cells.size(); cell++) {
                String[] figures = expected.get(line++).split(",");
                String shown = cell == 1 ? figures[1] : figures[1].equals("0") ? "" : percent(figures[4]);
                assertThat(cells.get(cell)).isEqualTo(shown);
            }
        }
        assertThat(line).isEqualTo(expected.size());
        assertThat(expected).anyMatch(figures -> figures.endsWith(",1,1,1,100.0"));
        long all = expected.stream()
                .filter(figures -> figures.endsWith(",100.0") && !figures.split(",")[2].equals("0"))
                .count();
        assertThat(browser.run("return document.querySelectorAll('.shade[style*=\"100%\"]').length"))
                .isEqualTo(all);
        browser.read("data-identity=\"local\"");
    }

    /** As the page shows it. */
    private static String percent(String rate) {
        double share = Double.parseDouble(rate);
        boolean whole = share >= 10 || share == Math.rint(share);
        return whole ? Math.round(share) + "%" : String.format(Locale.ROOT, "%.1f%%", share);
    }
}
