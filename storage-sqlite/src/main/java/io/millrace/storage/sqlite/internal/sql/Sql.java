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

    /** The statement, prepared and bound; for the caller to close. */
    public PreparedStatement prepare(StatementCache on) throws SQLException {
        PreparedStatement statement = on.prepare(text());
        for (int i = 0; i < parameters.size(); i++) {
            StatementCache.set(statement, i + 1, parameters.get(i));
        }
        return statement;
    }
}
