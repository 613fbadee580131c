package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Metric;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Report;
import io.millrace.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** What custom events were sent with: the keys, or the values of one key. The filter {@code event} chooses the event. */
final class Properties {
    /** The rest, beyond the limit. */
    static final String OTHER = "(other)";

    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_KEY_BYTES = 64;

    private Properties() {}

    static JsonObject of(ReportContext context, Params params) {
        String key = params.one("key");
        if (key != null && key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw ApiException.parameter("key", "longer than " + MAX_KEY_BYTES + " bytes");
        }
        PropertyQuery query = new PropertyQuery(
                context.site().id(),
                context.period().current(),
                context.filters(),
                key,
                params.number("limit", 100, 1, MAX_LIMIT));
        Report report = context.reader().properties(query);
        return context.head()
                .with("key", key)
                .with(
                        "events",
                        context.totals(context.period().current(), Metric.EVENTS)
                                .get(0))
                .with("rows", report.rows().stream().map(Properties::row).toList())
                .with("total", report.totalRows());
    }

    private static JsonObject row(Report.Row r) {
        String value = r.values().get(0);
        return ReportContext.row(
                "name", value == null ? OTHER : ReportContext.name(value), r.metrics(), "events", "visitors");
    }
}
