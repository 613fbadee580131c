package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Visits by their numbers: out of rows, and where these are gone out of packs, which know neither a client's session id nor
 * when the exit page was seen; the last activity stands for that. Stateless.
 */
final class VisitReader {
    /** The columns of {@code sessions} that packs have as they are, by what they are called there. */
    private static final Map<String, PackColumn> COLUMNS =
            new TreeMap<>(Map.of("exit_ms", PackColumn.LENGTH, "page_count", PackColumn.PAGES));

    static {
        PackColumn.OF_ROWS.forEach(column -> COLUMNS.put(column.row(), column));
        COLUMNS.remove(PackColumn.START.row());
    }

    private static final String ROWS = VisitMapper.SELECT + "WHERE s.id IN (SELECT value FROM json_each(?))";
    private static final String PACKED = VisitMapper.select("(SELECT NULL AS client_id"
            + ofPacked("site_id") + ofPacked("started_at") + ofPacked("event_count")
            + COLUMNS.keySet().stream().map(VisitReader::ofPacked).reduce("", String::concat) + " FROM json_each(?))");

    private VisitReader() {}

    private static String ofPacked(String column) {
        return ", value ->> '" + column + "' AS " + column;
    }

    static Map<Long, Visit> visits(StatementCache sql, SiteScan scan, Collection<Long> ids) throws SQLException {
        Map<Long, Visit> visits = new HashMap<>();
        VisitMapper.list(sql.bind(ROWS, SqlJson.array(ids))).forEach(visit -> visits.put(visit.id(), visit));
        Roaring64Bitmap missing = new Roaring64Bitmap();
        ids.stream().filter(id -> id != 0 && !visits.containsKey(id)).forEach(missing::addLong);
        if (!missing.isEmpty()) {
            List<String> packed = new ArrayList<>();
            for (Segment segment : scan.segments(missing)) {
                read(segment, scan.siteId(), packed);
            }
            VisitMapper.list(sql.bind(PACKED, packed.toString())).forEach(visit -> visits.put(visit.id(), visit));
        }
        return visits;
    }

    /** Adds the visits of a segment, an object of JSON each. */
    private static void read(Segment segment, int siteId, List<String> to) throws SQLException {
        BitSet gone = segment.gone();
        for (int v = 0; v < segment.visits(); v++) {
            if (gone == null || !gone.get(v)) {
                StringJoiner visit = new StringJoiner(",", "{", "}");
                for (Map.Entry<String, PackColumn> column : COLUMNS.entrySet()) {
                    add(
                            visit,
                            column.getKey(),
                            segment.column(column.getValue()).get(v));
                }
                long hits = segment.column(PackColumn.HITS).get(v);
                add(
                        visit,
                        "event_count",
                        hits - segment.column(PackColumn.PAGES).get(v));
                add(
                        visit,
                        "started_at",
                        segment.dayStart() + segment.column(PackColumn.START).get(v));
                add(visit, "site_id", siteId);
                to.add(visit.toString());
            }
        }
    }

    private static void add(StringJoiner visit, String column, long value) {
        visit.add('"' + column + "\":" + value);
    }
}
