package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters between the address, their chips and the API. */
class FiltersTest extends ModuleTest {
    FiltersTest() {
        super("lib/filters.js");
    }

    @ParameterizedTest
    @CsvSource({
        "source=a, source is a",
        "source=a&source=b, source is a b",
        "country=!DE, country is_not DE",
        "page=*blog*, page contains blog",
        "page=!*blog*, page contains_not blog",
        "page=**, page is **",
        "page=/a*, page is /a*",
        "source=a&period=7d&x=y, source is a"
    })
    void aChipIsOneDimensionAndOperator(String query, String chip) {
        assertThat(listed(
                        "it.chips(new URLSearchParams(a)).map(c => [c.dimension, c.operator, ...c.values].join(' '))",
                        query))
                .isEqualTo(chip);
    }

    @Test
    void differentOperatorsAreDifferentChips() {
        assertThat(js("it.chips(new URLSearchParams('page=/a&page=!/b&page=/c')).map(c => c.operator)"))
                .isEqualTo(List.of("is", "is_not"));
    }

    @ParameterizedTest
    @CsvSource({"is, x", "is_not, !x", "contains, *x*", "contains_not, !*x*"})
    void aChipIsWrittenAsItWasRead(String operator, String written) {
        assertThat(js("it.replaced(new URLSearchParams(), 'page', null, {operator: a, values: ['x']})", operator))
                .isEqualTo(List.of(written));
        assertThat(js("it.chips(new URLSearchParams({page: a}))[0].operator", written))
                .isEqualTo(operator);
    }

    @Test
    void anotherChipOfTheDimensionStays() {
        assertThat(js("it.replaced(new URLSearchParams('page=/a&page=!/b'), 'page', 'is', null)"))
                .isEqualTo(List.of("!/b"));
    }

    @Test
    void aClickSetsAFilterAndAnotherTakesItAway() {
        assertThat(js("it.toggled(new URLSearchParams('os=b'), 'os', 'a')")).isEqualTo(List.of("a"));
        assertThat(js("it.toggled(new URLSearchParams('os=a&os=b'), 'os', 'a')"))
                .isEqualTo(List.of("b"));
        assertThat(js("it.isSet(new URLSearchParams('os=a'), 'os', 'a')")).isEqualTo(true);
        assertThat(js("it.isSet(new URLSearchParams('os=!a'), 'os', 'a')")).isEqualTo(false);
    }

    @Test
    void aRowIsLeftOutAndTakenInAgain() {
        assertThat(js("it.without(new URLSearchParams('os=a&os=b'), 'os', 'a')"))
                .isEqualTo(List.of("b", "!a"));
        assertThat(js("it.without(new URLSearchParams('os=!a&os=!b'), 'os', 'a')"))
                .isEqualTo(List.of("!b"));
        assertThat(js("it.without(new URLSearchParams(), 'os', '*!')")).isEqualTo(List.of("!\\*!"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, \\*",
        "!x, \\!x",
        "a*b, a\\*b",
        "C:\\temp, C:\\\\temp",
        "(none), (none)",
        "\\(none), \\(none)",
        "a!, a!"
    })
    void aClickOnAnOddValueFiltersThatValue(String value, String pattern) {
        assertThat(js("it.toggled(new URLSearchParams(), 'source', a)", value)).isEqualTo(List.of(pattern));
        assertThat(js("it.isSet(new URLSearchParams({source: b}), 'source', a)", value, pattern))
                .isEqualTo(true);
        assertThat(js("it.chips(new URLSearchParams({source: b}))[0].operator", value, pattern))
                .isEqualTo("is");
        assertThat(js("it.literal(b)", value, pattern)).isEqualTo(value.equals("\\(none)") ? "(none)" : value);
    }

    @Test
    void theApiIsAskedForPeriodAndFiltersAndNothingElse() {
        assertThat(js("it.asked(new URLSearchParams('from=2026-11-01&to=2026-11-02&os=a&os=!b&metric=x'))"))
                .isEqualTo(Map.of("from", "2026-11-01", "to", "2026-11-02", "os", List.of("a", "!b")));
        assertThat(js("it.asked(new URLSearchParams(''))")).isEqualTo(Map.of("period", "30d"));
    }

    @Test
    void inAListThePageIsANumberAndItsFilterAPath() {
        assertThat(js("it.asked(new URLSearchParams('period=7d&page=/a'), {paged: true})"))
                .isEqualTo(Map.of("period", "7d", "path", List.of("/a")));
    }

    @Test
    void clearingTakesEveryFilterAway() {
        assertThat(js("it.cleared(new URLSearchParams('page=/a&os=b&prop.plan=pro&period=7d'))"))
                .isEqualTo(mapOfNulls("page", "os", "prop.plan"));
    }

    private static Map<String, Object> mapOfNulls(String... names) {
        Map<String, Object> map = new HashMap<>();
        List.of(names).forEach(name -> map.put(name, null));
        return map;
    }

    @Test
    void aPropertyIsAFilterLikeADimension() {
        assertThat(js("it.asked(new URLSearchParams('period=7d&prop.plan=!pro&prop.=x&prop.plan=free'))"))
                .isEqualTo(Map.of("period", "7d", "prop.plan", List.of("!pro", "free")));
        assertThat(js("it.chips(new URLSearchParams('prop.plan=pro&prop.=x')).map(c => it.propertyOf(c.dimension))"))
                .isEqualTo(List.of("plan"));
        assertThat(js("it.propertyOf('page')")).isNull();
    }
}
