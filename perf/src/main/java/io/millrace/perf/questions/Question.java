package io.millrace.perf.questions;

import io.millrace.perf.traffic.History;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A report of thirty days, or of more, as the page asks for it.
 *
 * @param name for people
 * @param report as its path calls it
 * @param filters values by dimension, and what else the report is asked for, in order
 */
public record Question(String name, String report, Map<String, String> filters) {
    /** As many weeks as begin in them. */
    private static final String TWELVE_WEEKS = "?period=90d";

    static final String PROPERTY = "prop." + History.PROPERTY;

    /** Those of {@code perf/measure questions}. */
    public static final List<Question> ALL = List.of(
            overview("no filter"),
            overview("one country", "country", "DE"),
            overview("one browser", "browser", "Firefox"),
            overview("one source", "source", "Google"),
            overview("country, browser and page", "country", "DE", "browser", "Chrome", "page", History.path(5)),
            overview("an event's property", PROPERTY, History.PLAN),
            new Question("paths, no filter", "flow", Map.of()),
            of("a goal, its rate by source", "goal", "id", "1", "dimension", "source"),
            of("a funnel of five steps", "funnel", "funnel", "1"),
            of("retention of twelve weeks", "retention", "unit", "week"));

    /** The page whose views complete the goal that is asked about. */
    static final String GOAL = History.path(7);

    /** The pages that the funnel goes through, in this order, in one visit. */
    static final List<String> STEPS =
            Stream.of(0, 1, 2, 3, 4).map(History::path).toList();

    /** What a server must have to be asked, as its command line takes it. */
    public static final List<List<String>> DEFINITIONS = List.of(
            List.of("goal", "add", "--site", "1", "--name", "Read", "--page", GOAL),
            Stream.concat(
                            Stream.of("funnel", "add", "--site", "1", "--name", "On"),
                            STEPS.stream().flatMap(page -> Stream.of("--step", "page=" + page)))
                    .toList());

    private static Question overview(String name, String... filters) {
        return of(name, "overview", filters);
    }

    private static Question of(String name, String report, String... filters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < filters.length; i += 2) {
            values.put(filters[i], filters[i + 1]);
        }
        return new Question(name, report, values);
    }

    /** Below {@code /api/analytics/SITE/}. */
    public String path() {
        StringBuilder path =
                new StringBuilder(report).append(report.equals("retention") ? TWELVE_WEEKS : "?period=30d");
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
