package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonObject;
import java.util.List;

/**
 * How an answer is written. Immutable.
 *
 * @param table which list of the answer CSV shows; null: JSON
 */
public record ReportFormat(String table) {
    private static final ReportFormat JSON = new ReportFormat(null);

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

    public ReportCache.Body body(JsonObject tree) {
        if (table == null) {
            return new ReportCache.Body(Answers.JSON, Json.write(tree));
        }
        Object rows = tree;
        for (String name : table.split("\\.")) {
            rows = rows instanceof JsonObject fields ? fields.get(name) : null;
        }
        if (!(rows instanceof List<?> list)) {
            throw ApiException.parameter("table", "this answer has no such table");
        }
        return new ReportCache.Body(Csv.TYPE, Csv.write(list));
    }
}
