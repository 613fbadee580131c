package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.Agent;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table whose rows are tuples of texts that repeat from visit to visit. Immutable.
 *
 * @param <K> what is kept as one row
 * @param columns all but its id
 */
public record TupleTable<K>(String name, List<Column<K>> columns) {
    static final TupleTable<Agent> AGENTS = new TupleTable<>(
            "agents",
            List.of(
                    new Column<>("browser_id", Agent::browser),
                    new Column<>("browser_version_id", Agent::browserVersion),
                    new Column<>("os_id", Agent::os),
                    new Column<>("os_version_id", Agent::osVersion),
                    new Column<>("device_id", Agent::device)));
    static final TupleTable<Place> PLACES = new TupleTable<>(
            "places",
            List.of(
                    new Column<>("country_id", Place::country),
                    new Column<>("region_id", Place::region),
                    new Column<>("city_id", Place::city)));
    static final TupleTable<OriginKey> ORIGINS = new TupleTable<>(
            "origins",
            List.of(
                    new Column<>("source_id", OriginKey::source),
                    new Column<>("channel_id", OriginKey::channel),
                    new Column<>("referrer_id", OriginKey::referrer),
                    new Column<>("referrer_host_id", OriginKey::referrerHost),
                    new Column<>("utm_source_id", o -> o.campaign().source()),
                    new Column<>("utm_medium_id", o -> o.campaign().medium()),
                    new Column<>("utm_campaign_id", o -> o.campaign().name()),
                    new Column<>("utm_term_id", o -> o.campaign().term()),
                    new Column<>("utm_content_id", o -> o.campaign().content())));

    private static final Map<String, TupleTable<?>> TABLES =
            Map.of("agents", AGENTS, "places", PLACES, "origins", ORIGINS);

    private static final Map<String, String> SELECT = TABLES.values().stream()
            .collect(Collectors.toMap(
                    TupleTable::name,
                    t -> "SELECT " + String.join(", ", t.names()) + " FROM " + t.name() + " WHERE id = ?"));

    /**
     * A column, which holds the number of a text.
     *
     * @param text the text
     */
    record Column<K>(String name, Function<K, String> text) {}

    /** How a visit came: referrer and campaign. */
    record OriginKey(String source, String channel, String referrer, String referrerHost, Campaign campaign) {
        static OriginKey of(Visit.Origin o) {
            return new OriginKey(o.source(), o.channel(), o.referrer(), o.referrerHost(), o.campaign());
        }
    }

    /** Where in the tuples of a table a column's number stands. */
    public static int indexOf(String table, String column) {
        List<String> names = TABLES.get(table).names();
        if (!names.contains(column)) {
            throw new IllegalArgumentException(table + " has no column " + column);
        }
        return names.indexOf(column);
    }

    /** The numbers of the texts of a tuple that is stored. */
    public static int[] parts(StatementCache sql, String table, int id) throws SQLException {
        int[] parts = new int[TABLES.get(table).columns().size()];
        try (ResultSet row = sql.bind(SELECT.get(table), id).executeQuery()) {
            row.next();
            for (int i = 0; i < parts.length; i++) {
                parts[i] = row.getInt(i + 1);
            }
        }
        return parts;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
