package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Import;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of imports, and what is stored of them. Stateless. */
final class ImportReader {
    private static final String IMPORTS = """
            SELECT id, site_id, kind, name, hash, started_at, finished_at, page_views, events
            FROM imports WHERE site_id = ? ORDER BY id""";
    private static final String HITS =
            " FROM import_visits i CROSS JOIN HITS h ON h.session_id = i.session_id" + " WHERE i.import_id = ?";

    private ImportReader() {}

    static List<Import> imports(StatementCache sql, int siteId) throws SQLException {
        return StatementCache.list(
                sql.bind(IMPORTS, siteId),
                row -> new Import(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)));
    }

    static List<Import.Day> days(StatementCache sql, Site site, Import brought) throws SQLException {
        Map<Integer, long[]> days = new TreeMap<>();
        count(sql, "page_views", site, brought, days, 0);
        count(sql, "events", site, brought, days, 1);
        return days.entrySet().stream()
                .map(day -> new Import.Day(day.getKey(), day.getValue()[0], day.getValue()[1]))
                .toList();
    }

    private static void count(
            StatementCache sql, String table, Site site, Import brought, Map<Integer, long[]> days, int place)
            throws SQLException {
        sql.each(
                "SELECT h.time" + HITS.replace("HITS", table),
                row -> days.computeIfAbsent(site.dayOf(row.getLong(1)), day -> new long[2])[place]++,
                brought.id());
    }
}
