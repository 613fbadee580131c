package io.millrace.storage.sqlite.internal.dictionary;

import com.google.common.hash.Hashing;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How names of visitors are kept: 16 lower-case hexadecimal digits as an integer, any other as its text. */
public final class VisitorNames {
    private VisitorNames() {}

    /** What to bind: a {@code Long} or the text. */
    public static Object pack(String name) {
        return Visit.Key.isCookieless(name) ? (Object) Long.parseUnsignedLong(name, 16) : name;
    }

    /** The name of what a column holds. */
    public static String unpack(Object stored) {
        return stored instanceof Number n ? HexFormat.of().toHexDigits(n.longValue()) : (String) stored;
    }

    /** Eight bytes by which visitors are found who are in packs only. */
    public static long key(String name) {
        return pack(name) instanceof Long number
                ? number
                : Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong();
    }

    /** The number of a visitor, or 0; of a reader's snapshot. */
    public static int find(StatementCache sql, int siteId, String name) throws SQLException {
        return (int) sql.number(
                0,
                "SELECT id FROM visitors WHERE site_id = ?1 AND name = ?2"
                        + " UNION ALL SELECT id FROM packed_visitors WHERE site_id = ?1 AND key = ?3",
                siteId,
                pack(name),
                key(name));
    }

    /** Visitors by their numbers, in one look-up; those that are not known are left out. */
    public static Map<Integer, String> find(StatementCache sql, int siteId, Collection<String> names)
            throws SQLException {
        List<String> asked = List.copyOf(names);
        String pairs = asked.stream()
                .map(name -> "[" + (pack(name) instanceof Long number ? number.toString() : SqlJson.text(name)) + ","
                        + key(name) + "]")
                .collect(Collectors.joining(",", "[", "]"));
        Map<Integer, String> found = new HashMap<>();
        sql.each(
                "SELECT j.key, coalesce(v.id, p.id) FROM json_each(?1) j"
                        + " LEFT JOIN visitors v ON v.site_id = ?2 AND v.name = j.value ->> 0"
                        + " LEFT JOIN packed_visitors p ON p.site_id = ?2 AND p.key = j.value ->> 1"
                        + " WHERE coalesce(v.id, p.id) IS NOT NULL",
                row -> found.put(row.getInt(2), asked.get(row.getInt(1))),
                pairs,
                siteId);
        return found;
    }
}
