package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.calendar.TimeSlots;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import io.millrace.storage.sqlite.internal.dictionary.EventIds;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.rollup.HitFact;
import io.millrace.storage.sqlite.internal.rollup.VisitFact;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes page views, custom events and engagement. The store thread's. */
record HitRows(Dictionary dictionary) {
    private static final String PAGE_VIEW = """
            INSERT INTO page_views (session_id, n, site_id, time, path_id, host_id, title_id, event_id, engaged_ms, scroll)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)""";
    private static final String EVENT = """
            INSERT INTO events (session_id, n, site_id, time, name_id, path_id, host_id, event_id, props, amount, currency)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String ENGAGEMENT = """
            UPDATE page_views SET engaged_ms = max(engaged_ms, ?), scroll = max(scroll, ?)
            WHERE session_id = ? AND event_id = ?""";

    /** Finds the numbers of the hits' texts, and hands the hits to their visits. */
    List<HitFact> resolve(StatementCache sql, List<Batch.Hit> hits, Map<Long, VisitFact> visits) throws SQLException {
        List<HitFact> facts = new ArrayList<>(hits.size());
        for (Batch.Hit hit : hits) {
            VisitFact visit = visits.get(hit.visit().id());
            Event e = hit.event();
            int day = e.site().dayOf(e.time());
            dictionary.texts().countFor(visit.siteId, day);
            int path = dictionary.text(sql, e.path());
            boolean page = e.type() == Beacon.Type.PAGEVIEW;
            HitFact fact = new HitFact(hit, visit.siteId, visit.visitorId, page, day, Quarters.of(e.time()), path);
            visit.hits.add(fact);
            facts.add(fact);
        }
        return facts;
    }

    void write(StatementCache sql, List<HitFact> hits) throws SQLException {
        PreparedStatement pages = sql.get(PAGE_VIEW);
        PreparedStatement events = sql.get(EVENT);
        int pageCount = 0;
        for (HitFact hit : hits) {
            if (hit.page()) {
                pageView(sql, pages, hit);
                pageCount++;
            } else {
                event(sql, events, hit);
            }
        }
        if (pageCount > 0) {
            pages.executeBatch();
        }
        if (pageCount < hits.size()) {
            events.executeBatch();
        }
    }

    private void pageView(StatementCache sql, PreparedStatement s, HitFact hit) throws SQLException {
        Event e = hit.hit().event();
        Visit v = hit.hit().visit();
        s.setLong(1, v.id());
        s.setInt(2, v.pageViews());
        s.setInt(3, hit.siteId());
        s.setLong(4, e.time());
        s.setInt(5, hit.pathId());
        host(sql, s, 6, v, e);
        s.setInt(7, dictionary.text(sql, e.title()));
        StatementCache.set(s, 8, EventIds.pack(e.id()));
        s.addBatch();
    }

    private void event(StatementCache sql, PreparedStatement s, HitFact hit) throws SQLException {
        Event e = hit.hit().event();
        Visit v = hit.hit().visit();
        s.setLong(1, v.id());
        s.setInt(2, v.events());
        s.setInt(3, hit.siteId());
        s.setLong(4, e.time());
        s.setInt(5, dictionary.text(sql, e.name()));
        s.setInt(6, hit.pathId());
        host(sql, s, 7, v, e);
        StatementCache.set(s, 8, EventIds.pack(e.id()));
        StatementCache.set(s, 9, e.props().isEmpty() ? null : SqlJson.object(e.props()));
        StatementCache.set(s, 10, e.revenue() == null ? null : e.revenue().minor());
        StatementCache.set(s, 11, e.revenue() == null ? null : e.revenue().currency());
        s.addBatch();
    }

    private void host(StatementCache sql, PreparedStatement s, int at, Visit v, Event e) throws SQLException {
        if (Objects.equals(e.hostname(), v.origin().hostname())) {
            s.setNull(at, Types.INTEGER);
        } else {
            s.setInt(at, dictionary.text(sql, e.hostname()));
        }
    }

    void engagement(StatementCache sql, List<Batch.Engagement> engagements) throws SQLException {
        for (Batch.Engagement e : engagements) {
            sql.run(
                    ENGAGEMENT,
                    e.view().engagedMillis(),
                    e.view().scroll(),
                    e.visit().id(),
                    EventIds.pack(e.view().id()));
        }
    }

    /** Whether a hit of a site is stored. */
    static boolean contains(StatementCache sql, int siteId, String id, long from, long to) throws SQLException {
        return contains(sql, "page_views", siteId, id, from, to) || contains(sql, "events", siteId, id, from, to);
    }

    private static boolean contains(StatementCache sql, String table, int siteId, String id, long from, long to)
            throws SQLException {
        String select = "WITH RECURSIVE slots(s) AS (SELECT ?1 UNION ALL SELECT s + 1 FROM slots WHERE s < ?2)"
                + " SELECT 1 FROM slots CROSS JOIN " + table + " h WHERE h." + TimeSlots.SLOT + " = slots.s"
                + TimeSlots.NUMBERED
                + " AND substr(h.event_id, -2) = substr(?4, -2) AND h.event_id = ?4 AND h.site_id = ?3"
                + " AND h.time BETWEEN ?5 AND ?6 LIMIT 1";
        return sql.number(0, select, TimeSlots.of(from), TimeSlots.of(to), siteId, EventIds.pack(id), from, to) != 0;
    }
}
