package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Money;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.EventIds;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Visits with everything that rows hold of them, in the order in which they came. For one question. */
final class PastReader {
    /** Numbers of visits that are looked at in one read. */
    private static final long VISITS = 1_000;

    /** Hits of a visit that are told at once. */
    private static final int HITS = 1_000;

    private static final String SOME = VisitMapper.SELECT
            + "WHERE s.id > ? AND s.id <= ? AND s.site_id = ? AND s.started_at + s.length_ms >= ? ORDER BY s.id";
    private static final String BY_ID = VisitMapper.SELECT + "WHERE s.id IN (SELECT value FROM json_each(?))";
    private static final String PAGES = """
            SELECT h.time, path.text, CASE WHEN h.host_id IS NULL THEN ?1 ELSE host.text END, title.text, h.event_id, h.engaged_ms, h.scroll
            FROM page_views h
            LEFT JOIN texts path ON path.id = h.path_id
            LEFT JOIN texts host ON host.id = h.host_id
            LEFT JOIN texts title ON title.id = h.title_id
            WHERE h.session_id = ?2 ORDER BY h.n""";
    private static final String EVENTS = """
            SELECT e.time, path.text, CASE WHEN e.host_id IS NULL THEN ?1 ELSE host.text END, name.text, e.event_id, e.props, e.amount, e.currency
            FROM events e
            LEFT JOIN texts path ON path.id = e.path_id
            LEFT JOIN texts host ON host.id = e.host_id
            LEFT JOIN texts name ON name.id = e.name_id
            WHERE e.session_id = ?2 ORDER BY e.n""";
    private static final String TOUCHES = """
            SELECT a.id, a.site_id, a.slug, a.name, v.time, landing.text
            FROM affiliate_visits v JOIN affiliates a ON a.id = v.affiliate_id
            LEFT JOIN texts landing ON landing.id = v.landing_id
            WHERE v.session_id = ? ORDER BY a.id""";

    private final StatementCache sql;
    private final Site site;
    private final Consumer<PastVisit> each;
    private final List<Event> hits = new ArrayList<>();
    private int pages;
    private int events;

    PastReader(StatementCache sql, Site site, Consumer<PastVisit> each) {
        this.sql = sql;
        this.site = site;
        this.each = each;
    }

    /** Visits by their numbers; those that have no rows are absent. */
    static Map<Long, Visit> visits(StatementCache sql, List<Long> ids) throws SQLException {
        Map<Long, Visit> visits = new HashMap<>();
        VisitMapper.list(sql.bind(BY_ID, SqlJson.array(ids))).forEach(visit -> visits.put(visit.id(), visit));
        return visits;
    }

    /** Tells some, and answers how far that was; 0: there are no more. */
    long read(long after, long activeSince) throws SQLException {
        long first = sql.number(0, "SELECT min(id) FROM sessions WHERE id > ?", after);
        if (first == 0) {
            return 0;
        }
        long last = first + VISITS - 1;
        for (Visit visit : VisitMapper.list(sql.bind(SOME, first - 1, last, site.id(), activeSince))) {
            tell(visit);
        }
        return last;
    }

    private void tell(Visit visit) throws SQLException {
        pages = 0;
        events = 0;
        List<PastVisit.Touch> touches = visit.affiliates().isEmpty() ? List.of() : touches(visit);
        String host = visit.origin().hostname();
        if (visit.pageViews() > 0) {
            sql.each(PAGES, row -> hit(visit, touches, page(row)), host, visit.id());
        }
        if (visit.events() > 0) {
            sql.each(EVENTS, row -> hit(visit, touches, event(row)), host, visit.id());
        }
        if (!hits.isEmpty()) {
            part(visit, touches);
        }
    }

    private void hit(Visit visit, List<PastVisit.Touch> touches, EventBuilder hit) {
        hits.add(hit.visitor(visit.key().visitor())
                .sessionId(visit.key().sessionId())
                .build());
        if (hits.size() == HITS) {
            part(visit, touches);
        }
    }

    private void part(Visit visit, List<PastVisit.Touch> touches) {
        PastVisit part = new PastVisit(visit, pages, events, hits, touches);
        pages += part.pageViews();
        events += hits.size() - part.pageViews();
        hits.clear();
        each.accept(part);
    }

    private EventBuilder page(ResultSet row) throws SQLException {
        return Event.of(site, Beacon.Type.PAGEVIEW, row.getLong(1))
                .path(row.getString(2))
                .hostname(row.getString(3))
                .title(row.getString(4))
                .id(EventIds.unpack(row.getObject(5)))
                .engagedMillis(row.getLong(6))
                .scroll(row.getInt(7));
    }

    private EventBuilder event(ResultSet row) throws SQLException {
        String props = row.getString(6);
        String currency = row.getString(8);
        return Event.of(site, Beacon.Type.EVENT, row.getLong(1))
                .path(row.getString(2))
                .hostname(row.getString(3))
                .name(row.getString(4))
                .id(EventIds.unpack(row.getObject(5)))
                .props(props == null ? Map.of() : SqlJson.map(props))
                .revenue(currency == null ? null : new Money(row.getLong(7), currency));
    }

    private List<PastVisit.Touch> touches(Visit visit) throws SQLException {
        return StatementCache.list(
                sql.bind(TOUCHES, visit.id()),
                row -> new PastVisit.Touch(
                        new Affiliate(
                                row.getInt(1), row.getInt(2), row.getString(3), row.getString(4), 0, Duration.ZERO),
                        row.getLong(5),
                        row.getString(6)));
    }
}
