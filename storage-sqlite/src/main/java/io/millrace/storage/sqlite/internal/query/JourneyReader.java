package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Filter;
import io.millrace.engine.Journey;
import io.millrace.engine.Reached;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.sql.Columns;
import io.millrace.storage.sqlite.internal.sql.FilterSql;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What visitors did, one after the other, out of rows. For one question. */
final class JourneyReader {
    private static final String ONE_OF = "visitor_id IN (SELECT value FROM json_each(?))";
    private static final String SELECTED = " IN (SELECT value FROM json_each(?))";

    private final StatementCache sql;
    private final SiteScan scan;
    private final List<Filter> filters;
    private final Map<Integer, Draft> drafts = new LinkedHashMap<>();

    JourneyReader(StatementCache sql, SiteScan scan, List<Filter> filters) {
        this.sql = sql;
        this.scan = scan;
        this.filters = filters;
    }

    private static final class Draft {
        final List<Long> visits = new ArrayList<>();
        final List<Journey.Page> pages = new ArrayList<>();
        final List<Journey.Done> events = new ArrayList<>();
        int totalVisits;
        int totalPages;
        long latest;
    }

    Map<String, Journey> journeys(int siteId, List<String> visitors, int visitsEach, int pagesEach, int eventsEach)
            throws SQLException {
        Map<Integer, String> names = VisitorNames.find(sql, siteId, visitors);
        String numbers = SqlJson.array(names.keySet());
        Roaring64Bitmap all = filters.isEmpty() ? null : visits(numbers);
        readVisits(numbers, all, visitsEach);
        readPages(numbers, all, pagesEach);
        if (filters.isEmpty() && eventsEach > 0) {
            readEvents(numbers, eventsEach);
        }
        Map<Long, Visit> visits = VisitReader.visits(
                sql,
                scan,
                drafts.values().stream().flatMap(d -> d.visits.stream()).toList());
        Map<String, Journey> journeys = new HashMap<>();
        drafts.forEach((id, d) -> journeys.put(
                names.get(id),
                new Journey(
                        d.visits.stream().map(visits::get).toList(),
                        d.pages,
                        d.events,
                        d.totalVisits,
                        d.totalPages,
                        d.latest)));
        return journeys;
    }

    private Roaring64Bitmap visits(String visitors) throws SQLException {
        Roaring64Bitmap visits = new Roaring64Bitmap();
        sql.each("SELECT id FROM sessions WHERE " + ONE_OF, row -> visits.addLong(row.getLong(1)), visitors);
        return visits;
    }

    /** @param all the visitors' visits; null: there are no filters */
    private void readVisits(String visitors, Roaring64Bitmap all, int each) throws SQLException {
        Sql select = new Sql()
                .add("SELECT visitor_id, id, total, latest FROM ("
                        + "SELECT visitor_id, id, row_number() OVER w AS place, count(*) OVER visitor AS total,"
                        + " max(started_at + length_ms) OVER visitor AS latest FROM sessions v WHERE ")
                .add(ONE_OF, visitors);
        if (all != null) {
            select.add(" AND v.id" + SELECTED, SqlJson.array(scan.selected(all, filters)));
        }
        select.add(
                " WINDOW visitor AS (PARTITION BY visitor_id),"
                        + " w AS (PARTITION BY visitor_id ORDER BY started_at, id))"
                        + " WHERE place <= ? ORDER BY visitor_id, place",
                Math.max(each, 1));
        select.each(sql, row -> {
            Draft draft = drafts.computeIfAbsent(row.getInt(1), v -> new Draft());
            if (draft.visits.size() < each) {
                draft.visits.add(row.getLong(2));
            }
            draft.totalVisits = row.getInt(3);
            draft.latest = row.getLong(4);
        });
    }

    private void readPages(String visitors, Roaring64Bitmap all, int each) throws SQLException {
        Sql select = new Sql()
                .add("SELECT visitor_id, session_id, time, host.text, path.text, title.text, total FROM ("
                        + "SELECT s.visitor_id, h.session_id, h.time, coalesce(h.host_id, s.host_id) AS host_id, h.path_id,"
                        + " h.title_id, count(*) OVER (PARTITION BY s.visitor_id) AS total,"
                        + " row_number() OVER (PARTITION BY s.visitor_id ORDER BY h.time, h.session_id, h.n) AS place"
                        + " FROM sessions s CROSS JOIN page_views h ON h.session_id = s.id WHERE s.")
                .add(ONE_OF, visitors);
        if (all != null) {
            select.add(" AND s.id" + SELECTED, SqlJson.array(scan.selectedByVisit(all, filters)));
        }
        for (Filter filter : filters) {
            if (filter.dimension() instanceof Reached reached) {
                select.add(" AND " + (filter.negated() ? "NOT " : "") + "(h.scroll >= ?", reached.scroll())
                        .add(" AND h.engaged_ms >= ?)", reached.engagedMillis());
            } else if (SiteScan.ofPage(filter.dimension())) {
                select.add(" AND " + Columns.of(filter.dimension()).expression()
                                + (filter.negated() ? " NOT IN (" : " IN ("))
                        .add(FilterSql.numbers(filter))
                        .add(")");
            }
        }
        select.add(
                ") LEFT JOIN texts host ON host.id = host_id LEFT JOIN texts path ON path.id = path_id"
                        + " LEFT JOIN texts title ON title.id = title_id"
                        + " WHERE place <= ? ORDER BY visitor_id, place",
                Math.max(each, 1));
        select.each(sql, row -> {
            Draft draft = drafts.get(row.getInt(1));
            if (draft.pages.size() < each) {
                draft.pages.add(new Journey.Page(
                        row.getLong(2), row.getLong(3), row.getString(4), row.getString(5), row.getString(6)));
            }
            draft.totalPages = row.getInt(7);
        });
    }

    private void readEvents(String visitors, int each) throws SQLException {
        Sql select = new Sql()
                .add("SELECT visitor_id, session_id, time, name.text, path.text, props FROM ("
                        + "SELECT s.visitor_id, e.session_id, e.time, e.name_id, e.path_id, e.props,"
                        + " row_number() OVER (PARTITION BY s.visitor_id ORDER BY e.time, e.session_id, e.n) AS place"
                        + " FROM sessions s CROSS JOIN events e ON e.session_id = s.id WHERE s.")
                .add(ONE_OF, visitors)
                .add(
                        ") LEFT JOIN texts name ON name.id = name_id LEFT JOIN texts path ON path.id = path_id"
                                + " WHERE place <= ? ORDER BY visitor_id, place",
                        each);
        select.each(
                sql,
                row -> drafts.get(row.getInt(1))
                        .events
                        .add(new Journey.Done(
                                row.getLong(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getString(5),
                                SqlJson.map(row.getString(6) == null ? "{}" : row.getString(6)))));
    }
}
