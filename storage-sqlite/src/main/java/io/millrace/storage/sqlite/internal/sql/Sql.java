package io.millrace.storage.sqlite.internal.sql;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement in the making: text and the values of its parameters, in order. Not thread-safe. */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    public Sql add(String part, Object... values) {
        text.append(part);
        parameters.addAll(List.of(values));
        return this;
    }

    public Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    String text() {
        return text.toString();
    }

    /** Runs it once and hands over each row. */
    public void each(StatementCache on, StatementCache.RowConsumer rows) throws SQLException {
        try (PreparedStatement statement = on.prepare(text())) {
            for (int i = 0; i < parameters.size(); i++) {
                StatementCache.set(statement, i + 1, parameters.get(i));
            }
            StatementCache.each(statement, rows);
        }
    }
}
