package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import java.util.ArrayList;
import java.util.List;

/** A query as one statement over rows: facts, grouped, put in order and cut. Pure functions. */
public final class QuerySql {
    private final Query query;
    private final Sql facts;

    private QuerySql(Query query, Sql facts) {
        this.query = query;
        this.facts = facts;
    }

    /** Columns: one for each dimension, one for each metric, then how many groups there are. */
    public static Sql of(Query query, Sql facts) {
        return new QuerySql(query, facts).build();
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
        sql.add(query.metrics().isEmpty() ? "0 FROM (" : " FROM (").add(facts).add(")");
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
