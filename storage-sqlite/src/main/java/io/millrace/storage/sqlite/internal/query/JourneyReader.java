package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Filter;
import io.millrace.engine.Journey;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.sql.FilterSql;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What visitors did, one after the other. Stateless. */
final class JourneyReader {
    private static final String ONE_OF = "visitor_id IN (SELECT value FROM json_each(?))";

    private JourneyReader() {}

    private static final class Draft {
        final List<Long> visits = new ArrayList<>();
        final List<Journey.Page> pages = new ArrayList<>();
        int totalVisits;
        int totalPages;
        long latest;
    }

    static Map<String, Journey> journeys(
            StatementCache sql, int siteId, List<String> visitors, List<Filter> filters, int visitsEach, int pagesEach)
            throws SQLException {
        Map<Integer, String> names = names(sql, siteId, visitors);
        Map<Integer, Draft> drafts = new LinkedHashMap<>();
        readVisits(sql, names.keySet(), filters, visitsEach, drafts);
        readPages(sql, names.keySet(), filters, pagesEach, drafts);
        Map<Long, Visit> visits = ConversionReader.visits(
                sql, drafts.values().stream().flatMap(d -> d.visits.stream()).toList());
        Map<String, Journey> journeys = new HashMap<>();
        drafts.forEach((id, d) -> journeys.put(
                names.get(id),
                new Journey(
                        d.visits.stream().map(visits::get).toList(), d.pages, d.totalVisits, d.totalPages, d.latest)));
        return journeys;
    }

    private static Map<Integer, String> names(StatementCache sql, int siteId, List<String> visitors)
            throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        for (String visitor : Set.copyOf(visitors)) {
            long id = sql.number(
                    0, "SELECT id FROM visitors WHERE site_id = ? AND name = ?", siteId, VisitorNames.pack(visitor));
            if (id != 0) {
                names.put((int) id, visitor);
            }
        }
        return names;
    }

    private static void readVisits(
            StatementCache sql, Set<Integer> visitors, List<Filter> filters, int each, Map<Integer, Draft> drafts)
            throws SQLException {
        Sql select = new Sql()
                .add("SELECT visitor_id, id, total, latest FROM ("
                        + "SELECT visitor_id, id, row_number() OVER w AS place, count(*) OVER visitor AS total,"
                        + " max(started_at + length_ms) OVER visitor AS latest FROM sessions v WHERE ")
                .add(ONE_OF, SqlJson.array(visitors))
                .add(HitSource.visitSelected("v.id", filters))
                .add(
                        " WINDOW visitor AS (PARTITION BY visitor_id),"
                                + " w AS (PARTITION BY visitor_id ORDER BY started_at, id))"
                                + " WHERE place <= ? ORDER BY visitor_id, place",
                        Math.max(each, 1));
        try (PreparedStatement statement = select.prepare(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Draft draft = drafts.computeIfAbsent(rows.getInt(1), v -> new Draft());
                if (draft.visits.size() < each) {
                    draft.visits.add(rows.getLong(2));
                }
                draft.totalVisits = rows.getInt(3);
                draft.latest = rows.getLong(4);
            }
        }
    }

    private static void readPages(
            StatementCache sql, Set<Integer> visitors, List<Filter> filters, int each, Map<Integer, Draft> drafts)
            throws SQLException {
        Sql select = new Sql()
                .add("SELECT visitor_id, session_id, time, host.text, path.text, title.text, total FROM ("
                        + "SELECT s.visitor_id, h.session_id, h.time, coalesce(h.host_id, s.host_id) AS host_id, h.path_id,"
                        + " h.title_id, count(*) OVER (PARTITION BY s.visitor_id) AS total,"
                        + " row_number() OVER (PARTITION BY s.visitor_id ORDER BY h.time, h.session_id, h.n) AS place"
                        + " FROM sessions s CROSS JOIN " + HitSource.hit(true) + " ON h.session_id = s.id WHERE s.")
                .add(ONE_OF, SqlJson.array(visitors))
                .add(FilterSql.and(filters))
                .add(
                        ") LEFT JOIN texts host ON host.id = host_id LEFT JOIN texts path ON path.id = path_id"
                                + " LEFT JOIN texts title ON title.id = title_id"
                                + " WHERE place <= ? ORDER BY visitor_id, place",
                        Math.max(each, 1));
        try (PreparedStatement statement = select.prepare(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Draft draft = drafts.get(rows.getInt(1));
                if (draft.pages.size() < each) {
                    draft.pages.add(new Journey.Page(
                            rows.getLong(2), rows.getLong(3), rows.getString(4), rows.getString(5), rows.getString(6)));
                }
                draft.totalPages = rows.getInt(7);
            }
        }
    }
}
