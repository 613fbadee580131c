package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
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
    /** Whether the visit s is a bounce. */
    static final String BOUNCE = "(s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < 10000)";

    private final Query query;
    private final HitSource source;

    private QuerySql(Query query, Reach reach) {
        this.query = query;
        this.source = new HitSource(query.siteId(), query.period(), query.filters(), reach);
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
        Sql sql = new Sql().add(hits(true)).add(" UNION ALL ").add(hits(false)).add(" UNION ALL ");
        return sql.add(onHits() ? startedWithHits() : started());
    }

    private boolean onHits() {
        return FilterSql.onHits(query.filters())
                || query.dimensions().stream().anyMatch(d -> d.kind() == Dimension.Kind.HIT);
    }

    /** One row for each hit of the period. */
    private Sql hits(boolean pages) {
        return new Sql()
                .add("SELECT " + dimensions("h.time") + "s.visitor_id AS visitor, "
                        + (pages ? "1 AS page_views, 0 AS events" : "0 AS page_views, 1 AS events")
                        + ", 0 AS sessions, 0 AS bounces, 0 AS duration, 0 AS engaged")
                .add(source.hits(pages, joins()));
    }

    /** One row for each visit that started in the period. */
    private Sql started() {
        return new Sql()
                .add("SELECT " + dimensions("s.started_at") + visit() + " FROM sessions s INDEXED BY sessions_by_start"
                        + joins())
                .add(startedInPeriod())
                .add(FilterSql.and(query.filters()));
    }

    /** One row for each visit that started in the period and each group that it has a selected hit in. */
    private Sql startedWithHits() {
        return new Sql()
                .add("SELECT " + outer() + "NULL, 0, 0, 1, bounce, duration, engaged FROM (")
                .add(visitsBy(true))
                .add(" UNION ")
                .add(visitsBy(false))
                .add(")");
    }

    private Sql visitsBy(boolean pages) {
        return new Sql()
                .add("SELECT " + dimensions("s.started_at") + "s.id, " + BOUNCE + " AS bounce, s.length_ms / 1000 AS"
                        + " duration, s.engaged_ms AS engaged FROM sessions s INDEXED BY sessions_by_start CROSS JOIN "
                        + HitSource.hit(pages)
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
