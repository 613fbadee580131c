package io.millrace.dashboard.internal.answer;

import io.millrace.dashboard.internal.cache.ReportStore.Body;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.dashboard.internal.shape.Shape;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/**
 * How an answer is written. Immutable.
 *
 * @param table which list of the answer CSV shows; null: JSON
 * @param offset how many rows come before it
 * @param limited whether the request said how many rows it wants
 */
public record ReportFormat(String table, int offset, boolean limited) {
    public static final ReportFormat JSON = new ReportFormat(null, 0, false);

    /** The most rows of any answer: who asks for so many wants all of them. */
    public static final int MOST_ROWS = 10_000;

    public static final Input LIMIT = Input.whole("limit", 100, 1, MOST_ROWS, "How many rows at most");
    public static final Input OFFSET = Input.whole("offset", 0, 0, 1_000_000, "How many rows to leave out before them");

    /** The media type of tables. */
    public static final String CSV = "text/csv";

    private static final Input FORMAT = Input.choice("format", List.of("json", "csv"), "csv is one table of the answer")
            .or("json");
    private static final Input TABLE =
            Input.text("table", "Which list of the answer is the CSV, with dots: conversions.bySource");
    public static final List<Input> INPUTS = List.of(FORMAT, TABLE);

    /**
     * @param table what CSV shows when the request does not say
     */
    public static ReportFormat of(Params params, String table) {
        String asked = params.one(TABLE.name());
        if (params.choice(FORMAT).equals("csv")) {
            int offset = params.has(OFFSET.name()) ? params.number(OFFSET) : 0;
            return new ReportFormat(asked == null ? table : asked, offset, params.has(LIMIT.name()));
        }
        if (asked != null) {
            throw ApiException.parameter(TABLE.name(), "only with format=csv");
        }
        return JSON;
    }

    /** The same, for a request that asks for a number of rows in its body. */
    public ReportFormat limited(boolean asked) {
        return new ReportFormat(table, offset, limited || asked);
    }

    public Body body(Record answer) {
        if (table == null) {
            return new Body(ApiAnswers.JSON, RecordJson.write(answer));
        }
        Object rows = answer;
        Type type = answer.getClass();
        for (String name : table.split("\\.")) {
            type = rows instanceof Record fields ? Shape.type(fields, name) : null;
            rows = rows instanceof Record fields ? Shape.value(fields, name) : null;
        }
        if (!(rows instanceof List<?> list) || !list.stream().allMatch(r -> r instanceof Record || r instanceof Map)) {
            throw ApiException.parameter("table", "this answer has no such table");
        }
        return new Body(Csv.TYPE, Csv.write(type, list, cut(answer, list.size())));
    }

    /** A line for the end of a table that has fewer rows than there are, though nobody asked for so few; or null. */
    private String cut(Record answer, int rows) {
        long after = (long) offset + rows;
        boolean most = rows >= MOST_ROWS;
        if (answer instanceof WithRest) {
            return null; // its last row is the rest
        }
        if (limited && !most || !(Shape.value(answer, "total") instanceof Long total) || total <= after) {
            return null;
        }
        String more = most ? "offset=" + after : "a larger limit";
        return "(cut here: rows " + (offset + 1) + " to " + after + " of " + total + "; more with " + more + ")";
    }
}
