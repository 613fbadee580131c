package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Properties of custom events, taken out of their JSON. Pure functions. */
final class PropertyReader {
    private PropertyReader() {}

    static Report properties(StatementCache sql, PropertyQuery query, HitOffsets offsets) throws SQLException {
        List<Report.Row> rows = new ArrayList<>();
        int total = 0;
        try (PreparedStatement s = select(query, offsets).prepare(sql);
                ResultSet result = s.executeQuery()) {
            while (result.next()) {
                rows.add(new Report.Row(
                        Arrays.asList(result.getString(1)), List.of(result.getLong(2), result.getLong(3))));
                total = result.getInt(4);
            }
        }
        return new Report(List.copyOf(rows), total);
    }

    /** Columns: the text or null for the rest, events, visitors, how many texts there are. */
    private static Sql select(PropertyQuery query, HitOffsets offsets) {
        int limit = query.limit() == 0 ? Integer.MAX_VALUE : query.limit();
        return new Sql()
                .add("WITH found AS MATERIALIZED (")
                .add(found(query, offsets))
                .add(
                        "), ranked AS (SELECT text, count(*) OVER () AS total,"
                                + " row_number() OVER (ORDER BY count(*) DESC, text) AS place FROM found GROUP BY text)"
                                + " SELECT CASE WHEN place <= ? THEN text END, count(DISTINCT event), count(DISTINCT visitor), total"
                                + " FROM found JOIN ranked USING (text) GROUP BY min(place, ?) ORDER BY min(place, ?)",
                        limit,
                        limit + 1L,
                        limit + 1L);
    }

    private static Sql found(PropertyQuery query, HitOffsets offsets) {
        boolean keys = query.key() == null;
        Sql found = new Sql()
                .add("SELECT p." + (keys ? "key" : "value") + " AS text, h.id AS event, s.visitor_id AS visitor")
                .add(new HitSource(query.siteId(), query.period(), query.filters(), offsets)
                        .hits(false, " CROSS JOIN json_each(h.props) p"));
        return keys ? found : found.add(" AND p.key = ?", query.key());
    }
}
