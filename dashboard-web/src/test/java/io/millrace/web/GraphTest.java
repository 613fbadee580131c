package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The graph under the hand: dragged over, clicked, tapped, read by keys, with another metric and by minutes. */
class GraphTest extends PageFixture {
    private static final String PERIOD = "?period=7d";

    /** The offset of a share of the plot from the middle of the graph. */
    private int x(WebElement graph, double share) {
        double plot = graph.getSize().width - 60;
        return (int) (46 + share * plot - graph.getSize().width / 2.0);
    }

    private LocalDate daysAgo(int days) {
        return LocalDate.now(site.zone()).minusDays(days);
    }

    private void atDays(int first, int last) {
        String to = first == last ? daysAgo(first).toString() : daysAgo(last).toString();
        browser.until("location.search.includes('from=" + daysAgo(first) + "&to=" + to + "')");
        ready();
    }

    @Test
    void draggingLooksCloserAndEscapeGoesBack() {
        openSite(PERIOD);
        WebElement graph = browser.see(".graph");
        new Actions(browser.driver)
                .moveToElement(graph, x(graph, 2 / 6.0), 0)
                .clickAndHold()
                .moveToElement(graph, x(graph, 3 / 6.0), 0)
                .moveToElement(graph, x(graph, 4 / 6.0), 0)
                .perform();
        browser.see(".graph .selection");
        browser.read("Let go to look closer");
        new Actions(browser.driver).release().perform();
        atDays(4, 2);
        browser.press(Keys.ESCAPE);
        browser.until("location.search === '" + PERIOD + "'");
        ready();
        browser.press(Keys.ESCAPE);
        assertThat(browser.path()).endsWith(PERIOD);
    }

    @Test
    void aClickOnAPointOpensItsDay() {
        openSite(PERIOD);
        WebElement graph = browser.see(".graph");
        new Actions(browser.driver)
                .moveToElement(graph, x(graph, 1 / 6.0), 0)
                .click()
                .perform();
        atDays(5, 5);
        browser.see(".graph:not(.opens)");
        browser.run("history.back()");
        browser.until("location.search === '" + PERIOD + "'");
    }

    @Test
    void theSameByKeys() {
        openSite(PERIOD);
        browser.run("document.querySelector('.graph').focus()");
        new Actions(browser.driver)
                .sendKeys(Keys.HOME, Keys.ARROW_RIGHT)
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.ARROW_RIGHT)
                .keyUp(Keys.SHIFT)
                .perform();
        browser.see(".graph .selection");
        browser.press(Keys.ENTER);
        atDays(5, 4);
        browser.press(Keys.ESCAPE);
        browser.until("location.search === '" + PERIOD + "'");
    }

    @Test
    void aTapKeepsTheReadOutWithAWayOn() {
        openSite(PERIOD);
        touch("pointerdown", 0.5);
        touch("pointerup", 0.5);
        touch("pointerleave", 0.5);
        browser.see(".read-out.pinned");
        browser.press(Keys.ESCAPE);
        touch("pointerdown", 0.5);
        touch("pointerup", 0.5);
        browser.click(".read-out [data-open]");
        atDays(3, 3);
    }

    private void touch(String type, double share) {
        browser.run(
                "const g = document.querySelector('.graph'), box = g.getBoundingClientRect(); g.focus();"
                        + "g.dispatchEvent(new PointerEvent(arguments[0], {pointerType: 'touch', bubbles: true,"
                        + " clientX: box.left + 46 + arguments[1] * (box.width - 60), clientY: box.top + 50}))",
                type,
                share);
    }

    @Test
    void anotherMetricHasALineAndNumbersOfItsOwn() {
        openSite(PERIOD);
        browser.run("const s = document.querySelector('[name=second]'); s.value = 'bounce_rate';"
                + " s.dispatchEvent(new Event('change'))");
        browser.see("path.line.other");
        assertThat(browser.path()).contains("second=bounce_rate");
        assertThat((String) browser.run("return [...document.querySelectorAll('.tick.other')].at(-1).textContent"))
                .endsWith("%");
        browser.run("document.querySelector('.graph').focus()");
        browser.press(Keys.END);
        assertThat(browser.see(".read-out").getText()).contains("Visitors", "Bounce rate");
        assertThat(
                        (List<?>)
                                browser.run(
                                        "return [...document.querySelectorAll('.as-table th[scope=col]')].map(h => h.textContent.trim())"))
                .isEqualTo(List.of("Period", "Visitors", "Bounce rate", "Before"));
    }

    @Test
    void weekendsAreToldApartAndARunningDayIsDashed() {
        openSite("?period=7d");
        assertThat((long) browser.run("return document.querySelectorAll('.weekend').length"))
                .isBetween(1L, 2L);
        browser.see("path.line.partial");
    }

    @Test
    void todayIsShownByMinutes() {
        openSite("?period=today&interval=minute");
        List<?> series =
                (List<?>) ((Map<?, ?>) api("/api/analytics/" + site.id() + "/overview?period=today&interval=minute"))
                        .get("timeSeries");
        assertThat(browser.run("return document.querySelector('[name=interval]').value"))
                .isEqualTo("minute");
        assertThat((long) browser.run("return document.querySelectorAll('.as-table tbody tr').length"))
                .isBetween(series.size() - 1L, series.size() + 0L);
    }
}
