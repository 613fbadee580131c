package io.millrace.perf.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@link Question} as statements of DuckDB, which count what the report shows: exact visitors, the period and the one
 * before. A visit belongs to the period that it began in. Pure functions.
 */
final class DuckSql {
    private static final long DAY = 86_400_000;
    private static final int DAYS = 30;
    private static final long WEEK = 7 * DAY;

    /** 1970-01-05. */
    private static final long MONDAY = 4 * DAY;

    /** Attributes of visits, as the panels of the overview show them. */
    private static final List<String> PANELS =
            List.of("source", "entry_page", "exit_page", "country", "city", "browser", "os", "device");

    private static final String TOTALS =
            "count(*), count(DISTINCT visitor), sum(pages), sum(CAST(bounce AS INTEGER)), sum(duration)";

    /** With a filter on pages, where those alone are counted. */
    private static final String TOTALS_OF_PAGES = TOTALS.replace("sum(pages)", "(SELECT count(*)%s)");

    private final Question question;
    private final long from;
    private final long to;

    private DuckSql(Question question, long from, long to) {
        this.question = question;
        this.from = from;
        this.to = to;
    }

    /**
     * All statements of a report; the first counts sessions, visitors and page views of an overview.
     *
     * @param now UTC milliseconds; the period is the thirty UTC days that end with this one
     */
    static List<String> of(Question question, long now) {
        long from = now / DAY * DAY - (DAYS - 1) * DAY;
        DuckSql current = new DuckSql(question, from, now);
        if (question.report().equals("flow")) {
            return List.of(current.flow());
        }
        switch (question.report()) {
            case "goal" -> {
                return current.goal();
            }
            case "funnel" -> {
                return List.of(current.funnel());
            }
            case "retention" -> {
                return List.of(retention(now));
            }
            default -> {}
        }
        DuckSql previous = new DuckSql(question, from - DAYS * DAY, now - DAYS * DAY);
        List<String> all = new ArrayList<>();
        for (DuckSql each : List.of(current, previous)) {
            all.add("SELECT "
                    + (question.has("page") ? TOTALS_OF_PAGES.formatted(each.views()) : TOTALS)
                    + each.visits());
            all.add("SELECT started // " + DAY + ", " + TOTALS + each.visits() + " GROUP BY 1");
        }
        for (String panel : PANELS) {
            all.add("SELECT " + panel + ", " + TOTALS + current.visits() + " GROUP BY 1 ORDER BY 2 DESC LIMIT 20");
        }
        all.add("SELECT path, count(*), count(DISTINCT visitor)" + current.views()
                + " GROUP BY 1 ORDER BY 2 DESC LIMIT 20");
        return all;
    }

    private String visits() {
        return " FROM visits WHERE started >= " + from + " AND started < " + to + conditions();
    }

    private String conditions() {
        StringBuilder all = new StringBuilder();
        question.filters()
                .forEach((dimension, value) ->
                        all.append(" AND ").append(condition(dimension, value.replace("'", "''"))));
        return all.toString();
    }

    private String condition(String dimension, String value) {
        if (dimension.equals("page")) {
            return "id IN (SELECT visit FROM views WHERE path = " + number(value) + during("time") + ")";
        }
        if (dimension.equals(Question.PROPERTY)) {
            return "id IN (SELECT visit FROM properties WHERE key = '" + dimension.substring("prop.".length())
                    + "' AND value = '" + value + "'" + during("time") + ")";
        }
        return dimension + " = " + number(value);
    }

    private static String number(String text) {
        return "(SELECT id FROM texts WHERE text = '" + text + "')";
    }

    private String during(String time) {
        return " AND " + time + " >= " + from + " AND " + time + " < " + to;
    }

    /** Page views; with a filter on pages those pages alone. */
    private String views() {
        Map<String, String> filters = question.filters();
        return " FROM views WHERE true" + during("time")
                + (filters.containsKey("page") ? " AND path = " + number(filters.get("page")) : "")
                + (filters.isEmpty() ? "" : " AND visit IN (SELECT id" + visits() + ")");
    }

    /** Visitors and views of a page, then those by source, and all visitors by source. */
    private List<String> goal() {
        String views =
                " FROM views v JOIN visits s ON s.id = v.visit WHERE path = " + number(Question.GOAL) + during("time");
        return List.of(
                "SELECT count(DISTINCT v.visitor), count(*), 0" + views,
                "SELECT source, count(DISTINCT v.visitor), count(*)" + views + " GROUP BY 1 ORDER BY 2 DESC LIMIT 100",
                "SELECT source, count(DISTINCT visitor) FROM visits WHERE started >= " + from + " AND started < " + to
                        + " GROUP BY 1");
    }

    /** Of each visit the first view of a page, then the first one of the next page after that, and so on. */
    private String funnel() {
        StringBuilder sql = new StringBuilder("WITH ");
        StringBuilder counts = new StringBuilder("SELECT ");
        for (int i = 0; i < Question.STEPS.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append("s" + i + " AS (SELECT v.visit, v.visitor, min(v.n) AS n FROM views v")
                    .append(i == 0 ? "" : " JOIN s" + (i - 1) + " b ON b.visit = v.visit AND v.n > b.n")
                    .append(" WHERE v.path = " + number(Question.STEPS.get(i)) + during("v.time") + " GROUP BY ALL)");
            counts.append(i == 0 ? "" : ", ").append("(SELECT count(DISTINCT visitor) FROM s" + i + ")");
        }
        return sql.append(' ').append(counts).toString();
    }

    /** Of the cohorts of the last weeks how many came back one week later, and two. */
    private static String retention(long now) {
        long first = (now / DAY * DAY - 89 * DAY - MONDAY) / WEEK * WEEK + MONDAY;
        String week = "(started - " + MONDAY + ") // " + WEEK;
        return "WITH weeks AS (SELECT DISTINCT visitor, " + week + " AS week FROM visits),"
                + " firsts AS (SELECT visitor, min(week) AS first FROM weeks GROUP BY 1),"
                + " came AS (SELECT first, week - first AS later, count(*) AS n FROM weeks JOIN firsts USING (visitor)"
                + " WHERE first >= " + (first - MONDAY) / WEEK + " GROUP BY ALL)"
                + " SELECT sum(n) FILTER (later = 0), sum(n) FILTER (later = 1), sum(n) FILTER (later = 2) FROM came";
    }

    /** Each visitor's pages by time, the same twice in a row once, from the commonest first one on. */
    private String flow() {
        return "WITH seen AS (SELECT visitor, path, time, visit, n, lag(path) OVER way AS before" + views()
                + " WINDOW way AS (PARTITION BY visitor ORDER BY time, visit, n)),"
                + " journeys AS (SELECT visitor, path, row_number() OVER way AS i, lead(path, 1) OVER way AS second,"
                + " lead(path, 2) OVER way AS third, lead(path, 3) OVER way AS fourth FROM seen"
                + " WHERE before IS DISTINCT FROM path WINDOW way AS (PARTITION BY visitor ORDER BY time, visit, n)),"
                + " root AS (SELECT path FROM journeys WHERE i = 1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1),"
                + " starts AS (SELECT visitor, min(i) AS i FROM journeys WHERE path = (FROM root) GROUP BY 1)"
                + " SELECT second, third, fourth, count(*) FROM journeys JOIN starts USING (visitor, i)"
                + " GROUP BY ALL ORDER BY 4 DESC LIMIT 50";
    }
}
