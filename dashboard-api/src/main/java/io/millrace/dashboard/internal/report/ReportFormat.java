package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.dashboard.internal.shape.Shape;
import java.util.List;
import java.util.Map;

/**
 * How an answer is written. Immutable.
 *
 * @param table which list of the answer CSV shows; null: JSON
 */
public record ReportFormat(String table) {
    public static final ReportFormat JSON = new ReportFormat(null);

    public static ReportFormat of(Params params, String table) {
        String format = params.one("format");
        String asked = params.one("table");
        if (format == null || format.equals("json")) {
            if (asked != null) {
                throw ApiException.parameter("table", "only with format=csv");
            }
            return JSON;
        }
        if (!format.equals("csv")) {
            throw ApiException.parameter("format", "must be json or csv");
        }
        return new ReportFormat(asked == null ? table : asked);
    }

    public ReportCache.Body body(Record answer) {
        if (table == null) {
            return new ReportCache.Body(Answers.JSON, RecordJson.write(answer));
        }
        Object rows = answer;
        for (String name : table.split("\\.")) {
            rows = rows instanceof Record fields ? Shape.value(fields, name) : null;
        }
        if (!(rows instanceof List<?> list) || !list.stream().allMatch(r -> r instanceof Record || r instanceof Map)) {
            throw ApiException.parameter("table", "this answer has no such table");
        }
        return new ReportCache.Body(Csv.TYPE, Csv.write(list));
    }
}
