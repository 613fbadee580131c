package io.millrace.dashboard.internal.cache;

import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How long reports take that are not kept, by their names. Thread-safe. */
public final class ReportTimes {
    private final Summary seconds;

    public ReportTimes(PrometheusRegistry registry) {
        seconds = Summary.builder()
                .name("millrace_report_seconds")
                .help("Time in which a report was made, its wait for a reader not included.")
                .labelNames("report")
                .quantile(0.5)
                .quantile(0.95)
                .quantile(0.99)
                .maxAgeSeconds(300)
                .register(registry);
    }

    void took(String report, long nanos) {
        seconds.labelValues(report).observe(nanos / 1e9);
    }
}
