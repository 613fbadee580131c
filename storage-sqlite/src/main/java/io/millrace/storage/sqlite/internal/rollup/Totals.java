package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Metric;
import io.millrace.engine.Visit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/** Figures that add up: of a day, of 15 minutes, of one value of a dimension. Mutable. */
public final class Totals {
    /** The columns that {@link #read} reads and {@link #bind} sets. */
    public static final String COLUMNS = "sessions, page_views, bounces, duration, events, engaged_ms";

    /** The same, added up. */
    public static final String SUMS =
            "SUM(sessions), SUM(page_views), SUM(bounces), SUM(duration), SUM(events), SUM(engaged_ms)";

    /** What adds the columns of a refused row to those of the row that is there. */
    static final String ADD_EXCLUDED = """
            sessions = sessions + excluded.sessions,
            page_views = page_views + excluded.page_views,
            bounces = bounces + excluded.bounces,
            duration = duration + excluded.duration,
            events = events + excluded.events,
            engaged_ms = engaged_ms + excluded.engaged_ms""";

    /** What it has. */
    public static final Set<Metric> METRICS = Set.copyOf(EnumSet.complementOf(EnumSet.copyOf(Metric.READING)));

    public long visitors;
    public long sessions;
    public long pageViews;
    public long bounces;
    public long duration;
    public long events;
    public long engaged;

    /** @param from the first of the columns */
    public static Totals read(ResultSet row, int from) throws SQLException {
        Totals totals = new Totals();
        totals.sessions = row.getLong(from);
        totals.pageViews = row.getLong(from + 1);
        totals.bounces = row.getLong(from + 2);
        totals.duration = row.getLong(from + 3);
        totals.events = row.getLong(from + 4);
        totals.engaged = row.getLong(from + 5);
        return totals;
    }

    /** @param from the first of the parameters */
    void bind(PreparedStatement statement, int from) throws SQLException {
        statement.setLong(from, sessions);
        statement.setLong(from + 1, pageViews);
        statement.setLong(from + 2, bounces);
        statement.setLong(from + 3, duration);
        statement.setLong(from + 4, events);
        statement.setLong(from + 5, engaged);
    }

    /** Counts what a batch did to a visit; all of it belongs to where the visit started. */
    void add(VisitFact visit) {
        sessions += visit.opened() ? 1 : 0;
        bounces += visit.bounces();
        duration += visit.duration();
        engaged += visit.engaged();
    }

    /** Counts a visit as it is, or with -1 takes it back. */
    void visit(Visit visit, int sign) {
        sessions += sign;
        bounces += visit.bounce() ? sign : 0;
        duration += sign * visit.durationSeconds();
        engaged += sign * visit.engagedMillis();
    }

    void add(HitFact hit) {
        if (hit.page()) {
            pageViews++;
        } else {
            events++;
        }
    }

    public void hits(long pageViews, long events) {
        this.pageViews += pageViews;
        this.events += events;
    }

    /** Adds another, or with -1 takes it back; visitors do not add up. */
    public void add(Totals other, int sign) {
        sessions += sign * other.sessions;
        pageViews += sign * other.pageViews;
        bounces += sign * other.bounces;
        duration += sign * other.duration;
        events += sign * other.events;
        engaged += sign * other.engaged;
    }

    /** Whether no hit and no visit is counted, whatever else. */
    public boolean nobody() {
        return (sessions | pageViews | events) == 0;
    }

    boolean isZero() {
        return (visitors | sessions | pageViews | bounces | duration | events | engaged) == 0;
    }

    public long metric(Metric metric) {
        return switch (metric) {
            case VISITORS -> visitors;
            case SESSIONS -> sessions;
            case PAGE_VIEWS -> pageViews;
            case BOUNCES -> bounces;
            case DURATION -> duration;
            case EVENTS -> events;
            case ENGAGED -> engaged;
            case MEASURED, READ, SCROLLED -> throw new IllegalArgumentException("no roll-up has " + metric);
        };
    }
}
