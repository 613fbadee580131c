package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What periods are called, and what suits them. */
class PeriodTest extends ModuleTest {
    PeriodTest() {
        super("lib/period.js");
    }

    @ParameterizedTest
    @CsvSource({
        "period=30m, minute",
        "period=today, minute hour",
        "period=7d, hour day",
        "'', hour day week",
        "period=month, hour day week",
        "period=90d, day week month",
        "period=all, day week month",
        "from=2026-11-20, minute hour",
        "from=2026-10-01&to=2026-10-31, hour day week",
        "from=2026-10-01&to=2026-11-01, day week",
        "from=2026-02-28&to=2026-03-01, hour day",
        "period=nothing, hour day week"
    })
    void intervalsSuitTheLength(String query, String intervals) {
        assertThat(listed("it.intervals(new URLSearchParams(a))", query)).isEqualTo(intervals);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Last 30 days",
        "period=24h, Last 24 hours",
        "from=2026-11-01&to=2026-11-20, Nov 1 – Nov 20",
        "from=2026-11-01, Nov 1",
        "period=nothing, nothing"
    })
    void everyPeriodHasAName(String query, String name) {
        assertThat(js("it.periodLabel(new URLSearchParams(a))", query)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-14T00:00:00+01:00, 2026-11-21T00:00:00+01:00, 'Sat, Nov 14, 2026 – Fri, Nov 20, 2026'",
        "2026-11-20T00:00:00+13:45, 2026-11-21T00:00:00+13:45, 'Fri, Nov 20, 2026'",
        "2026-11-19T14:00:00+01:00, 2026-11-20T14:00:00+01:00, 'Thu, Nov 19, 2026 – Fri, Nov 20, 2026'"
    })
    void theDaysOfAReportAreThoseOfItsSite(String from, String to, String days) {
        assertThat(js("it.days({from: a, to: b})", from, to)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03, 2026-11-05, '', 2026-11-03, 2026-11-05",
        "2026-11-03T10:00, 2026-11-04T11:00, hour, 2026-11-03, 2026-11-04",
        "2026-10-26, 2026-11-02, week, 2026-11-01, 2026-11-08",
        "2026-11, 2026-11, month, 2026-11-01, 2026-11-20"
    })
    void bucketsHaveTheDaysThatTheReportHas(String first, String last, String interval, String from, String to) {
        assertThat(js(
                        "it.daysOf(a, b, c, {from: '2026-11-01T00:00:00+01:00', to: '2026-11-21T00:00:00+01:00'})",
                        first,
                        last,
                        interval))
                .isEqualTo(Map.of("from", from, "to", to));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-20, 1, 2026-11-21, 2026-11-21",
        "2026-11-01, 2026-11-07, -1, 2026-10-25, 2026-10-31",
        "2024-02-28, 2024-02-28, 1, 2024-02-29, 2024-02-29",
        "2026-12-31, 2027-01-01, 1, 2027-01-02, 2027-01-03"
    })
    void arrowsGoToTheNeighbours(String from, String to, int times, String newFrom, String newTo) {
        assertThat(js("it.moved(a, b, c)", from, to, times)).isEqualTo(Map.of("from", newFrom, "to", newTo));
    }

    @ParameterizedTest
    @CsvSource({"'', previous", "compare=year, year", "compare=off, off", "compare=nothing, previous"})
    void thePeriodBeforeIsComparedWithUnlessSomethingElseIsChosen(String query, String comparison) {
        assertThat(js("it.comparison(new URLSearchParams(a))", query)).isEqualTo(comparison);
    }
}
