package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers beside the graph. */
class TicksTest extends ModuleTest {
    TicksTest() {
        super("ui/graph.js");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 1",
        "1, 0 1",
        "3, 0 1 2 3",
        "4, 0 1 2 3 4",
        "7, 0 2 4 6 8",
        "9, 0 2.5 5 7.5 10",
        "100, 0 25 50 75 100",
        "101, 0 50 100 150",
        "48000, 0 20000 40000 60000"
    })
    void theyAreRound(double greatest, String ticks) {
        assertThat(listed("it.ticks(a)", greatest)).isEqualTo(ticks);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 5, 12, 49, 99, 250, 999, 1001, 123456, 9.9e12})
    void theyReachTheGreatestAndAreFew(double greatest) {
        assertThat(js("it.ticks(a).at(-1) >= a && it.ticks(a).length <= 6", greatest))
                .isEqualTo(true);
    }
}
