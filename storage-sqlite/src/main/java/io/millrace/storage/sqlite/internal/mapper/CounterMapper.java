package io.millrace.storage.sqlite.internal.mapper;

import io.millrace.engine.Counter;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows of the ledger as the engine's counters. Stateless. */
public final class CounterMapper {
    private static final Map<String, Counter> BY_LABEL =
            Arrays.stream(Counter.values()).collect(Collectors.toMap(Counter::label, Function.identity()));

    private CounterMapper() {}

    /** Rows of a counter and its sum as a map; counters of other versions are left out. */
    public static Map<Counter, Long> map(PreparedStatement statement) throws SQLException {
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        StatementCache.each(statement, row -> {
            Counter counter = BY_LABEL.get(row.getString(1));
            if (counter != null) {
                counts.put(counter, row.getLong(2));
            }
        });
        return counts;
    }

    /** Rows of a counter, its count and a date, by days since 1970-01-01. */
    public static Map<Integer, Map<Counter, Long>> days(PreparedStatement statement) throws SQLException {
        Map<Integer, Map<Counter, Long>> days = new TreeMap<>();
        StatementCache.each(statement, row -> {
            Counter counter = BY_LABEL.get(row.getString(1));
            if (counter != null) {
                days.computeIfAbsent(
                                (int) LocalDate.parse(row.getString(3)).toEpochDay(),
                                day -> new EnumMap<>(Counter.class))
                        .put(counter, row.getLong(2));
            }
        });
        return days;
    }
}
