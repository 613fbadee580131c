package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says. */
class StringsTest extends ModuleTest {
    StringsTest() {
        super("strings.js");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 visitors now", "1, 1 visitor now", "'1,000', '1,000 visitors now'"})
    void oneIsSingularAndAllElseIsPlural(String n, String text) {
        assertThat(js("it.t.live.now(a)", n)).isEqualTo(text);
    }

    /** Words that are looked up by a key, which the check of types cannot see. */
    @ParameterizedTest
    @CsvSource({
        "lib/filters.js, it.DIMENSIONS, dimension",
        "lib/filters.js, it.OPERATORS, filter",
        "lib/period.js, it.PERIODS, period",
        "lib/period.js, it.INTERVALS, graph",
        "ui/cards.js, it.METRICS.map(m => m.id), metric",
        "ui/whole.js, '[...it.PAGE_COLUMNS, ...it.EVENT_COLUMNS].map(c => c.id)', metric",
        "ui/secrets.js, it.SCOPES, settings.scopes",
        "pages/site.js, it.PANELS.map(p => p.name), panel",
        "pages/site.js, it.PANELS.flatMap(p => p.tabs.map(tabs => [tabs].flat()[0])), panel",
        "pages/site.js, it.PANELS.flatMap(p => p.tabs.filter(Array.isArray).flat()), dimension",
        "ui/header.js, it.PAGES, nav"
    })
    void everyNameInAListHasItsWords(String module, String names, String words) {
        shared.browser().load("listing", module);
        Object without = shared.browser()
                .run("const it = listing; const words = tested.t." + words + ";" + "return " + names
                        + ".filter(name => typeof words[name] !== 'string')");
        assertThat(without).isEqualTo(List.of());
    }

    /** Every text is written at one place, with nothing in it that a template would have filled in. */
    @Test
    void everyTextIsFilledIn() {
        Object texts = js("(function all(o) { return Object.values(o).flatMap(v => typeof v === 'string' ? [v]"
                + " : typeof v === 'function' ? [String(v('1', '2', '3'))] : all(v)) })(it.t)");
        assertThat((List<?>) texts)
                .hasSizeGreaterThan(300)
                .allSatisfy(
                        text -> assertThat((String) text).isNotBlank().doesNotContain("undefined", "NaN", "[object"));
        assertThat(js("it.t.conversions.page(1, 2, '1')")).isEqualTo("Page 1 of 2, 1 conversion");
        assertThat(js("({a: it.t.days(1), b: it.t.days(2)})")).isEqualTo(Map.of("a", "1 day", "b", "2 days"));
    }
}
