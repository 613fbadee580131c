package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Withdrawal;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The withdrawals that are not carried out yet, with how far each is. Within transactions of the store thread; stateless. */
final class WithdrawalRows {
    private WithdrawalRows() {}

    /**
     * One of them.
     *
     * @param ordered what is left of it
     * @param atStart it goes on behind the visit that started here, and has this number
     */
    record Order(long id, Withdrawal ordered, long atStart, long atId) {
        Order at(long start, long visit) {
            return new Order(id, ordered, start, visit);
        }

        /** Of the visitors that are left when one is done, from the begin. */
        Order without(String visitor) {
            LinkedHashSet<String> left = new LinkedHashSet<>(ordered.visitors());
            left.remove(visitor);
            return left.isEmpty()
                    ? null
                    : new Order(
                            id,
                            new Withdrawal(
                                    ordered.siteId(), ordered.reason(), ordered.period(), left, ordered.filters()),
                            Long.MIN_VALUE,
                            0);
        }
    }

    static long add(StatementCache sql, Withdrawal w) throws SQLException {
        sql.run(
                "INSERT INTO withdrawals (site_id, reason, from_time, to_time, visitors, filters, at_start, at_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                w.siteId(),
                w.reason().reason(),
                w.period().from(),
                w.period().to(),
                visitors(w),
                w.filters().stream().map(WithdrawalRows::text).collect(Collectors.joining("\n")),
                Long.MIN_VALUE);
        return sql.number(0, "SELECT last_insert_rowid()");
    }

    private static String visitors(Withdrawal w) {
        return SqlJson.object(w.visitors().stream().collect(Collectors.toMap(v -> v, v -> "")));
    }

    private static String text(Filter filter) {
        Map<String, String> text = new TreeMap<>();
        text.put("dimension", ((Dimension) filter.dimension()).name().toLowerCase(Locale.ROOT));
        text.put("negated", String.valueOf(filter.negated()));
        text.put("any_case", String.valueOf(filter.anyCase()));
        for (int i = 0; i < filter.patterns().size(); i++) {
            text.put("pattern." + i, filter.patterns().get(i));
        }
        return SqlJson.object(text);
    }

    private static Filter filter(String text) {
        Map<String, String> map = SqlJson.map(text);
        List<String> patterns = new ArrayList<>();
        for (int i = 0; map.containsKey("pattern." + i); i++) {
            patterns.add(map.get("pattern." + i));
        }
        return new Filter(
                Dimension.valueOf(map.get("dimension").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(map.get("negated")),
                Boolean.parseBoolean(map.get("any_case")),
                patterns);
    }

    static List<Long> ids(StatementCache sql) throws SQLException {
        return StatementCache.list(sql.bind("SELECT id FROM withdrawals ORDER BY id"), row -> row.getLong(1));
    }

    /** One of these, or null. */
    static Order find(StatementCache sql, long id) throws SQLException {
        return sql.first(
                null,
                "SELECT id, site_id, reason, from_time, to_time, visitors, filters, at_start, at_id FROM withdrawals"
                        + " WHERE id = ?",
                WithdrawalRows::order,
                id);
    }

    private static Order order(ResultSet row) throws SQLException {
        Withdrawal ordered = new Withdrawal(
                row.getInt("site_id"),
                Counter.valueOf("FILTERED_" + row.getString("reason").toUpperCase(Locale.ROOT)),
                new Period(row.getLong("from_time"), row.getLong("to_time")),
                new LinkedHashSet<>(SqlJson.keys(row.getString("visitors"))),
                row.getString("filters").lines().map(WithdrawalRows::filter).toList());
        return new Order(row.getLong("id"), ordered, row.getLong("at_start"), row.getLong("at_id"));
    }

    static void save(StatementCache sql, Order order) throws SQLException {
        sql.run(
                "UPDATE withdrawals SET visitors = ?, at_start = ?, at_id = ? WHERE id = ?",
                visitors(order.ordered),
                order.atStart,
                order.atId,
                order.id);
    }

    static void remove(StatementCache sql, long id) throws SQLException {
        sql.run("DELETE FROM withdrawals WHERE id = ?", id);
    }

    /** Those of a site for a reason are not carried out further. */
    static void remove(StatementCache sql, int siteId, Counter reason) throws SQLException {
        sql.run("DELETE FROM withdrawals WHERE site_id = ? AND reason = ?", siteId, reason.reason());
    }
}
