package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.answer.WithRest;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Metric;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Report;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What custom events were sent with: the keys, or the values of one key. The filter {@code event} chooses the event. */
record Properties(
        SiteHead site, PeriodHead period, @Nullable String key, long events, List<PropertyRow> rows, long total)
        implements WithRest {
    /** The rest, beyond the limit. */
    static final String OTHER = "(other)";

    static final Input KEY = Input.text("key", "The property whose values are asked for; absent: the properties");
    static final Input LIMIT = Input.whole("limit", 100, 1, 1_000, "How many rows at most");

    record PropertyRow(String name, long events, long visitors) {
        private static PropertyRow of(Report.Row r) {
            String value = r.values().get(0);
            return new PropertyRow(
                    value == null ? OTHER : ReportContext.name(value),
                    r.metrics().get(0),
                    r.metrics().get(1));
        }
    }

    static Properties of(ReportContext context, Params params) {
        String key = params.one("key");
        if (key != null && key.getBytes(StandardCharsets.UTF_8).length > Filters.MAX_KEY_BYTES) {
            throw ApiException.parameter("key", "longer than " + Filters.MAX_KEY_BYTES + " bytes");
        }
        PropertyQuery query = new PropertyQuery(
                context.site().id(), context.period().current(), context.filters(), key, params.number(LIMIT));
        Report report = ReportContext.counted(
                () -> context.reader().properties(query), why -> ApiException.parameter("key", why));
        return new Properties(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                key,
                context.totals(context.period().current(), Metric.EVENTS).get(0),
                report.rows().stream().map(PropertyRow::of).toList(),
                report.totalRows());
    }
}
