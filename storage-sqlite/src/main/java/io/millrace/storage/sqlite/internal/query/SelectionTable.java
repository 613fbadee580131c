package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.DimensionSql;
import io.millrace.storage.sqlite.internal.sql.FactSql;
import io.millrace.storage.sqlite.internal.sql.FilterSql;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The hits that filters select, found once for several queries of the same site, period and filters: to find those of one
 * page, all page views of the period must be looked at. A temporary table of the connection; for one snapshot.
 */
final class SelectionTable implements AutoCloseable {
    /** More than this is not worth its room, about 50 bytes each: most of the period is selected then. */
    private static final int ROWS_MOST = 500_000;

    private static final String FROM_HITS = " FROM temp.selected_hits h CROSS JOIN sessions s ON s.id = h.session_id";
    private static final String FROM_VISITS =
            " FROM (SELECT DISTINCT session_id FROM temp.selected_hits) v CROSS JOIN sessions s ON s.id = v.session_id";
    private static final String OF_VISIT =
            "s.id, " + FactSql.BOUNCE + " AS bounce, s.length_ms / 1000 AS duration, s.engaged_ms AS engaged";

    private final StatementCache sql;
    private final boolean complete;

    private SelectionTable(StatementCache sql, boolean complete) {
        this.sql = sql;
        this.complete = complete;
    }

    /** Whether it can help: whole visits are found without looking at hits. */
    static boolean suits(List<Filter> filters) {
        return FilterSql.onHits(filters);
    }

    static SelectionTable of(StatementCache sql, Query like, HitOffsets offsets) throws SQLException {
        HitSource source = new HitSource(like.siteId(), like.period(), like.filters(), offsets);
        Sql hits = new Sql()
                .add("CREATE TEMP TABLE selected_hits AS SELECT * FROM (")
                .add(hits(source, true))
                .add(" UNION ALL ")
                .add(hits(source, false))
                .add(") LIMIT " + (ROWS_MOST + 1));
        drop(sql);
        try (PreparedStatement create = hits.prepare(sql)) {
            create.executeUpdate();
        }
        return new SelectionTable(sql, sql.number(0, "SELECT count(*) FROM temp.selected_hits") <= ROWS_MOST);
    }

    /** All hits of the visits that may matter, whenever they were: a visit counts for a hit at any time. */
    private static Sql hits(HitSource source, boolean pages) {
        return new Sql()
                .add("SELECT h.session_id, h.time, h.path_id, h.host_id, h.name_id, " + (pages ? 1 : 0)
                        + " AS page FROM sessions s INDEXED BY sessions_by_start CROSS JOIN " + HitSource.hit(pages)
                        + " ON h.session_id = s.id")
                .add(
                        " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?"
                                + " AND s.started_at + s.length_ms >= ?",
                        source.siteId(),
                        source.period().from() - source.offsets().after(),
                        source.period().to() + source.offsets().before(),
                        source.period().from())
                .add(FilterSql.and(source.filters()));
    }

    /** Whether it holds everything that is selected; where it does not, it is of no use. */
    boolean complete() {
        return complete;
    }

    /** The facts of a query of the same site, period and filters, see {@link FactSql}. */
    static Sql facts(Query query) {
        DimensionSql dimensions = new DimensionSql(query);
        boolean byHit = query.dimensions().stream().anyMatch(d -> d.kind() == Dimension.Kind.HIT);
        return new Sql()
                .add(
                        "SELECT " + dimensions.columns("h.time")
                                + "s.visitor_id AS visitor, h.page AS page_views, 1 - h.page AS events, 0 AS sessions,"
                                + " 0 AS bounces, 0 AS duration, 0 AS engaged" + FROM_HITS + dimensions.joins()
                                + " WHERE h.time >= ? AND h.time < ?",
                        query.period().from(),
                        query.period().to())
                .add(
                        " UNION ALL SELECT " + dimensions.names()
                                + "NULL, 0, 0, 1, bounce, duration, engaged FROM (SELECT "
                                + (byHit ? "DISTINCT " : "") + dimensions.columns("s.started_at") + OF_VISIT
                                + (byHit ? FROM_HITS : FROM_VISITS) + dimensions.joins()
                                + " WHERE s.started_at >= ? AND s.started_at < ?)",
                        query.period().from(),
                        query.period().to());
    }

    private static void drop(StatementCache sql) throws SQLException {
        try (PreparedStatement drop = sql.prepare("DROP TABLE IF EXISTS temp.selected_hits")) {
            drop.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        drop(sql);
    }
}
