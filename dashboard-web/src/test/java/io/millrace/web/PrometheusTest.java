package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page Health reads out of the metrics. */
class PrometheusTest extends ModuleTest {
    PrometheusTest() {
        super("pages/health.js");
    }

    @Test
    void samplesHaveNamesLabelsAndValues() {
        String text = """
                # HELP a_total Some.
                # TYPE a_total counter
                a_total{outcome="stored",reason="a \\" b, c"} 7
                b 1.5e3

                nonsense
                """;
        assertThat(js("it.samples(a)", text))
                .isEqualTo(List.of(
                        Map.of(
                                "name",
                                "a_total",
                                "value",
                                7L,
                                "labels",
                                Map.of("outcome", "stored", "reason", "a \\\" b, c")),
                        Map.of("name", "b", "value", 1500L, "labels", Map.of())));
    }

    @Test
    void percentilesAreTheBoundsOfTheirBuckets() {
        String text = """
                commit_seconds_bucket{le="0.001"} 50
                commit_seconds_bucket{le="0.01"} 98
                commit_seconds_bucket{le="+Inf"} 100
                commit_seconds_sum 3
                empty_bucket{le="+Inf"} 0
                batch_bucket{kind="x",le="8"} 3
                batch_bucket{kind="x",le="+Inf"} 3
                """;
        assertThat(listed(
                        "it.histograms(it.samples(a)).map(h => [h.name, h.count, h.half, h.most, h.seconds].join('/'))",
                        text))
                .isEqualTo("commit_seconds/100/0.001/Infinity/true batch · x/3/8/8/false");
    }
}
