package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The map of the world, and the lists beside it. */
class MapTest extends PageFixture {
    @Test
    void theFirstTabOfPlacesIsAMapWhoseCountriesFilter() {
        openSite("?period=7d");
        browser.see("[data-panel=places] [data-tab=map][aria-selected=true]");
        browser.see(".map a[data-country=DE]");
        assertThat(number("document.querySelectorAll('.map path').length")).isGreaterThan(200);
        assertThat(names(".map a", "country")).containsExactlyInAnyOrder("DE", "US", "FR", "IN");
        browser.hover(".map a[data-country=IN]");
        browser.until("document.querySelector('.map .read-out')?.textContent.includes('India')");
        assertThat(browser.see(".map a[data-country=IN]").getAttribute("aria-label"))
                .matches("India: [0-9,]+ visitors, [0-9.]+%");
        browser.click(".map a[data-country=IN]");
        ready();
        assertThat(browser.path()).contains("country=IN");
        browser.see(".map a.set[data-country=IN]");
        browser.until("document.querySelectorAll('.beside [aria-label=Regions] a').length === 1");
        assertThat(names(".beside [aria-label=Regions] a", "name")).containsExactly("IN-KA");
    }

    @Test
    void theMapIsOneStepOfTheKeyboardAndItsCountriesAreReadOneByOne() {
        openSite("?period=7d");
        browser.see(".map a[data-country=DE]");
        assertThat(number("document.querySelectorAll('.map a[tabindex=\"0\"]').length"))
                .isOne();
        browser.run("document.querySelector('.map a[tabindex=\"0\"]').focus()");
        String first = focused();
        browser.press(Keys.ARROW_RIGHT);
        browser.until("document.activeElement.dataset.country !== '" + first + "'");
        String second = focused();
        browser.press(Keys.ARROW_LEFT);
        browser.until("document.activeElement.dataset.country === '" + first + "'");
        browser.press(Keys.ARROW_RIGHT, Keys.ENTER);
        browser.see(".chip");
        assertThat(browser.path()).contains("country=" + second);
    }

    /** What stands there until the map does is as high, so that nothing below it moves. */
    @Test
    void theMapKeepsItsPlaceWhileItLoads() {
        openSite("?period=7d");
        browser.see(".map a");
        browser.until("document.querySelectorAll('.beside li').length === 8");
        double drawn = number("document.querySelector('mr-map').offsetHeight");
        double space = number("(m => (m.outerHTML = '<i class=map-space></i>',"
                + " document.querySelector('.map-space').offsetHeight))(document.querySelector('mr-map'))");
        assertThat(space - drawn).as("the link below it").isBetween(20.0, 50.0);
    }

    private String focused() {
        return (String) browser.run("return document.activeElement.dataset.country");
    }

    private double number(String expression) {
        return ((Number) browser.run("return " + expression)).doubleValue();
    }

    private List<String> names(String css, String data) {
        Object found = browser.run(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.dataset[arguments[1]])", css, data);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }
}
