package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Dimension;
import io.millrace.engine.Query;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import java.util.List;

/**
 * The rows that a query without filters groups. Pure functions.
 *
 * <p>Two kinds are put together: what hits of the period count (visitors, page views, events), and what visits that
 * started in it count (sessions, bounces, duration, engaged). Where only visits decide what counts and where, those that
 * lie within the period as a whole are one row each, and hits are read of the visits at its edges only.
 */
public final class FactSql {
    /** Whether the visit s is a bounce, as {@link Visit#bounce} says. */
    public static final String BOUNCE =
            "(s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < " + Visit.ENGAGED_MILLIS + ")";

    private static final String OF_VISIT =
            "1 AS sessions, " + BOUNCE + " AS bounces, s.length_ms / 1000 AS duration, s.engaged_ms AS engaged";

    private final Query query;
    private final HitOffsets offsets;
    private final HitSource source;
    private final DimensionSql dimensions;

    private FactSql(Query query, HitOffsets offsets) {
        this.query = query;
        this.offsets = offsets;
        this.source = new HitSource(query.siteId(), query.period(), List.of(), offsets);
        this.dimensions = new DimensionSql(query);
    }

    /** Columns: d0 and on, visitor, page_views, events, sessions, bounces, duration, engaged. */
    public static Sql of(Query query, HitOffsets offsets) {
        FactSql facts = new FactSql(query, offsets);
        return facts.ofVisits() ? facts.wholeVisits() : facts.hitByHit();
    }

    private boolean ofVisits() {
        return query.dimensions().stream().allMatch(d -> d.kind() == Dimension.Kind.VISIT);
    }

    // ------------------------------------------------------------------ visit by visit

    private Sql wholeVisits() {
        PeriodEdges within = PeriodEdges.of(source.period(), offsets);
        Sql sql = new Sql()
                .add("SELECT " + dimensions.columns("s.started_at")
                        + "s.visitor_id AS visitor, s.page_count AS page_views, s.event_count AS events, " + OF_VISIT
                        + visits())
                .add(within.whole(query.siteId()));
        for (Sql edge : within.edges(query.siteId())) {
            sql.add(" UNION ALL ").add(edgeHits(true, edge));
            sql.add(" UNION ALL ").add(edgeHits(false, edge));
            sql.add(" UNION ALL ").add(edgeStarts(edge));
        }
        return sql;
    }

    private Sql edgeHits(boolean pages, Sql edge) {
        return new Sql()
                .add("SELECT " + dimensions.columns("h.time") + ofHit(pages)
                        + " FROM sessions s INDEXED BY sessions_by_start" + " CROSS JOIN " + HitSource.hit(pages)
                        + " ON h.session_id = s.id" + dimensions.joins())
                .add(edge)
                .add(
                        " AND h.time >= ? AND h.time < ?",
                        source.period().from(),
                        source.period().to());
    }

    private Sql edgeStarts(Sql edge) {
        return new Sql()
                .add("SELECT " + dimensions.columns("s.started_at") + "NULL, 0, 0, " + OF_VISIT + visits())
                .add(edge)
                .add(
                        " AND s.started_at >= ? AND s.started_at < ?",
                        source.period().from(),
                        source.period().to());
    }

    private String visits() {
        return " FROM sessions s INDEXED BY sessions_by_start" + dimensions.joins();
    }

    // ------------------------------------------------------------------ hit by hit

    private Sql hitByHit() {
        Sql sql = new Sql().add(hits(true)).add(" UNION ALL ").add(hits(false)).add(" UNION ALL ");
        return sql.add(onHits() ? startedWithHits() : started());
    }

    private boolean onHits() {
        return query.dimensions().stream().anyMatch(d -> d.kind() == Dimension.Kind.HIT);
    }

    /** One row for each hit of the period. */
    private Sql hits(boolean pages) {
        return new Sql()
                .add("SELECT " + dimensions.columns("h.time") + ofHit(pages))
                .add(source.hits(pages, dimensions.joins()));
    }

    private static String ofHit(boolean pages) {
        return "s.visitor_id AS visitor, " + (pages ? "1 AS page_views, 0 AS events" : "0 AS page_views, 1 AS events")
                + ", 0 AS sessions, 0 AS bounces, 0 AS duration, 0 AS engaged";
    }

    /** One row for each visit that started in the period. */
    private Sql started() {
        return new Sql()
                .add("SELECT " + dimensions.columns("s.started_at") + "NULL, 0, 0, " + OF_VISIT + visits())
                .add(startedInPeriod());
    }

    /** One row for each visit that started in the period and each group that it has a hit in. */
    private Sql startedWithHits() {
        return new Sql()
                .add("SELECT " + dimensions.names() + "NULL, 0, 0, 1, bounce, duration, engaged FROM (")
                .add(visitsBy(true))
                .add(" UNION ")
                .add(visitsBy(false))
                .add(")");
    }

    private Sql visitsBy(boolean pages) {
        return new Sql()
                .add("SELECT " + dimensions.columns("s.started_at") + "s.id, " + BOUNCE
                        + " AS bounce, s.length_ms / 1000 AS"
                        + " duration, s.engaged_ms AS engaged FROM sessions s INDEXED BY sessions_by_start CROSS JOIN "
                        + HitSource.hit(pages)
                        + " ON h.session_id = s.id" + dimensions.joins())
                .add(startedInPeriod());
    }

    private Sql startedInPeriod() {
        return new Sql()
                .add(
                        " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?",
                        query.siteId(),
                        query.period().from(),
                        query.period().to());
    }
}
