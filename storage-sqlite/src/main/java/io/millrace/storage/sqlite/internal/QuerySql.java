package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A query as one statement over rows. Pure functions.
 *
 * <p>Two kinds of rows are put together and grouped: what hits of the period count (visitors, page views, events), and
 * what visits that started in it count (sessions, bounces, duration, engaged).
 */
final class QuerySql {
    /** Hits of periods shorter than this are found by time; of longer ones by their visits, which lie together. */
    private static final long BY_TIME_MILLIS = 6 * 3_600_000L;

    private static final String BOUNCE = "(s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < 10000)";

    private final Query query;
    private final Reach reach;

    private QuerySql(Query query, Reach reach) {
        this.query = query;
        this.reach = reach;
    }

    /** Columns: one for each dimension, one for each metric, then how many groups there are. */
    static Sql of(Query query, Reach reach) {
        return new QuerySql(query, reach).build();
    }

    private Sql build() {
        Sql sql = new Sql().add("SELECT ");
        for (int i = 0; i < query.dimensions().size(); i++) {
            sql.add(time(i) ? "g.d" + i + ", " : "t" + i + ".text, ");
        }
        for (int i = 0; i < query.metrics().size(); i++) {
            sql.add("g.m" + i + ", ");
        }
        sql.add("COUNT(*) OVER () FROM (").add(grouped()).add(") g");
        for (int i = 0; i < query.dimensions().size(); i++) {
            if (!time(i)) {
                sql.add(" LEFT JOIN texts t" + i + " ON t" + i + ".id = g.d" + i);
            }
        }
        return sql.add(order()).add(limit());
    }

    private boolean time(int dimension) {
        return query.dimensions().get(dimension).kind() == Dimension.Kind.TIME;
    }

    private Sql grouped() {
        Sql sql = new Sql().add("SELECT ");
        List<String> dimensions = new ArrayList<>();
        for (int i = 0; i < query.dimensions().size(); i++) {
            dimensions.add("d" + i);
            sql.add("d" + i + ", ");
        }
        for (int i = 0; i < query.metrics().size(); i++) {
            sql.add((i == 0 ? "" : ", ") + metric(query.metrics().get(i)) + " AS m" + i);
        }
        sql.add(query.metrics().isEmpty() ? "0 FROM (" : " FROM (").add(facts()).add(")");
        return dimensions.isEmpty() ? sql : sql.add(" GROUP BY " + String.join(", ", dimensions));
    }

    private static String metric(Metric metric) {
        return switch (metric) {
            case VISITORS -> "COUNT(DISTINCT visitor)";
            case SESSIONS -> "COALESCE(SUM(sessions), 0)";
            case PAGE_VIEWS -> "COALESCE(SUM(page_views), 0)";
            case BOUNCES -> "COALESCE(SUM(bounces), 0)";
            case DURATION -> "COALESCE(SUM(duration), 0)";
            case EVENTS -> "COALESCE(SUM(events), 0)";
            case ENGAGED -> "COALESCE(SUM(engaged), 0)";
        };
    }

    private Sql facts() {
        Sql sql = new Sql()
                .add(hits("page_views", "0", 1))
                .add(" UNION ALL ")
                .add(hits("events", "name_id", 0))
                .add(" UNION ALL ");
        return sql.add(onHits() ? startedWithHits() : started());
    }

    private boolean onHits() {
        return FilterSql.onHits(query.filters())
                || query.dimensions().stream().anyMatch(d -> d.kind() == Dimension.Kind.HIT);
    }

    /** One row for each hit of the period. */
    private Sql hits(String table, String name, int page) {
        Period period = query.period();
        Sql sql = new Sql()
                .add("SELECT " + dimensions("h.time") + "s.visitor_id AS visitor, " + page + " AS page_views, "
                        + (1 - page)
                        + " AS events, 0 AS sessions, 0 AS bounces, 0 AS duration, 0 AS engaged FROM ");
        boolean byTime = page == 0 || period.to() - period.from() < BY_TIME_MILLIS;
        if (byTime) {
            sql.add(hit(table, name) + " CROSS JOIN sessions s ON s.id = h.session_id" + joins());
            sql.add(
                    " WHERE h.site_id = ? AND h.time / 300000 BETWEEN ? AND ?",
                    query.siteId(),
                    slot(period.from()),
                    slot(period.to()));
        } else {
            sql.add("sessions s CROSS JOIN " + hit(table, name) + " ON h.session_id = s.id" + joins());
            sql.add(
                    " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ? AND s.started_at + s.length_ms >= ?",
                    query.siteId(),
                    period.from() - reach.after(),
                    period.to() + reach.before(),
                    period.from());
        }
        return sql.add(" AND h.time >= ? AND h.time < ?", period.from(), period.to())
                .add(FilterSql.and(query.filters()));
    }

    private static long slot(long millis) {
        return Math.floorDiv(millis, 300_000);
    }

    private static String hit(String table, String name) {
        return name.equals("name_id")
                ? table + " h"
                : "(SELECT session_id, n, site_id, time, path_id, host_id, 0 AS name_id FROM " + table + ") h";
    }

    /** One row for each visit that started in the period. */
    private Sql started() {
        return new Sql()
                .add("SELECT " + dimensions("s.started_at") + visit() + " FROM sessions s" + joins())
                .add(startedInPeriod())
                .add(FilterSql.and(query.filters()));
    }

    /** One row for each visit that started in the period and each group that it has a selected hit in. */
    private Sql startedWithHits() {
        return new Sql()
                .add("SELECT " + outer() + "NULL, 0, 0, 1, bounce, duration, engaged FROM (")
                .add(visitsBy("page_views", "0"))
                .add(" UNION ")
                .add(visitsBy("events", "name_id"))
                .add(")");
    }

    private Sql visitsBy(String table, String name) {
        return new Sql()
                .add("SELECT " + dimensions("s.started_at") + "s.id, " + BOUNCE + " AS bounce, s.length_ms / 1000 AS"
                        + " duration, s.engaged_ms AS engaged FROM sessions s CROSS JOIN " + hit(table, name)
                        + " ON h.session_id = s.id" + joins())
                .add(startedInPeriod())
                .add(FilterSql.and(query.filters()));
    }

    private Sql startedInPeriod() {
        return new Sql()
                .add(
                        " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?",
                        query.siteId(),
                        query.period().from(),
                        query.period().to());
    }

    private static String visit() {
        return "NULL, 0, 0, 1, " + BOUNCE + ", s.length_ms / 1000, s.engaged_ms";
    }

    private String outer() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < query.dimensions().size(); i++) {
            names.append('d').append(i).append(", ");
        }
        return names.toString();
    }

    private String dimensions(String time) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < query.dimensions().size(); i++) {
            Dimension d = query.dimensions().get(i);
            columns.append(
                            d.kind() == Dimension.Kind.TIME
                                    ? TimeBuckets.expression(d, time, query.period(), query.zone())
                                    : Columns.of(d).expression())
                    .append(" AS d")
                    .append(i)
                    .append(", ");
        }
        return columns.toString();
    }

    private String joins() {
        Set<String> joins = new LinkedHashSet<>();
        for (Dimension d : query.dimensions()) {
            if (d.kind() != Dimension.Kind.TIME) {
                joins.add(Columns.of(d).join());
            }
        }
        return String.join("", joins);
    }

    private String order() {
        List<String> keys = new ArrayList<>();
        int metric = query.orderBy() == null ? -1 : query.metrics().indexOf(query.orderBy());
        if (metric >= 0) {
            keys.add("g.m" + metric + " DESC");
        }
        for (int i = 0; i < query.dimensions().size(); i++) {
            keys.add(time(i) ? "g.d" + i : "COALESCE(t" + i + ".text, '')");
        }
        return keys.isEmpty() ? "" : " ORDER BY " + String.join(", ", keys);
    }

    private String limit() {
        return query.limit() == 0 && query.offset() == 0
                ? ""
                : " LIMIT " + (query.limit() == 0 ? -1 : query.limit()) + " OFFSET " + query.offset();
    }
}
