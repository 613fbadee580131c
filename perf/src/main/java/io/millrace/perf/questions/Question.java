package io.millrace.perf.questions;

import io.millrace.perf.traffic.History;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report of thirty days as the page asks for it.
 *
 * @param name for people
 * @param report {@code overview} or {@code flow}
 * @param filters values by dimension, in order
 */
public record Question(String name, String report, Map<String, String> filters) {
    static final String PROPERTY = "prop." + History.PROPERTY;

    /** Those of {@code perf/measure questions}. */
    public static final List<Question> ALL = List.of(
            overview("no filter"),
            overview("one country", "country", "DE"),
            overview("one browser", "browser", "Firefox"),
            overview("one source", "source", "google.com"),
            overview("country, browser and page", "country", "DE", "browser", "Chrome", "page", History.path(5)),
            overview("an event's property", PROPERTY, History.PLAN),
            new Question("paths, no filter", "flow", Map.of()));

    private static Question overview(String name, String... filters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < filters.length; i += 2) {
            values.put(filters[i], filters[i + 1]);
        }
        return new Question(name, "overview", values);
    }

    /** Below {@code /api/analytics/SITE/}. */
    public String path() {
        StringBuilder path = new StringBuilder(report).append("?period=30d");
        filters.forEach((dimension, value) -> path.append('&')
                .append(dimension)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return path.append(report.equals("overview") ? "&compare=previous" : "").toString();
    }

    boolean has(String dimension) {
        return filters.containsKey(dimension);
    }
}
