package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.Fixed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The prepared statements of one connection, kept. Not thread-safe. */
public class StatementCache implements AutoCloseable {
    private final Connection connection;

    @Fixed("the statements of the code")
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    public StatementCache(Connection connection) {
        this.connection = connection;
    }

    public Connection connection() {
        return connection;
    }

    public PreparedStatement get(String sql) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = prepare(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    /** A statement that is not kept. */
    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Runs a change; every parameter is bound anew. */
    public int run(String sql, Object... parameters) throws SQLException {
        return bind(sql, parameters).executeUpdate();
    }

    /** The first column of the only row as a number, or {@code absent} when there is none. */
    public long number(long absent, String sql, Object... parameters) throws SQLException {
        try (ResultSet rows = bind(sql, parameters).executeQuery()) {
            return rows.next() ? rows.getLong(1) : absent;
        }
    }

    /** Is given one row of an answer. */
    @FunctionalInterface
    public interface RowConsumer {
        void take(ResultSet row) throws SQLException;
    }

    /** Hands over each row of an answer. */
    public void each(String sql, RowConsumer rows, Object... parameters) throws SQLException {
        each(bind(sql, parameters), rows);
    }

    /** Hands over each row of a statement's answer. */
    public static void each(PreparedStatement statement, RowConsumer rows) throws SQLException {
        try (ResultSet answer = statement.executeQuery()) {
            while (answer.next()) {
                rows.take(answer);
            }
        }
    }

    /** Makes a value of one row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** What a statement's rows are, in their order. */
    public static <T> List<T> list(PreparedStatement statement, RowMapper<T> mapper) throws SQLException {
        List<T> all = new ArrayList<>();
        each(statement, row -> all.add(mapper.map(row)));
        return all;
    }

    /** What the first row is, or {@code absent} when there is none. */
    public <T> T first(T absent, String sql, RowMapper<T> mapper, Object... parameters) throws SQLException {
        try (ResultSet rows = bind(sql, parameters).executeQuery()) {
            return rows.next() ? mapper.map(rows) : absent;
        }
    }

    /** Runs a pragma to its end, whatever it answers: a prepared statement would stop at the first row. */
    public void pragma(String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA " + setting);
        }
    }

    public PreparedStatement bind(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = get(sql);
        for (int i = 0; i < parameters.length; i++) {
            set(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    /** Binds by the value's own type; the driver's {@code setObject} knows no more than this. */
    public static void set(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value instanceof Long n) {
            statement.setLong(at, n);
        } else if (value instanceof Integer n) {
            statement.setInt(at, n);
        } else if (value instanceof String s) {
            statement.setString(at, s);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value instanceof Double d) {
            statement.setDouble(at, d);
        } else {
            statement.setNull(at, java.sql.Types.NULL);
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : kept.values()) {
            statement.close();
        }
        kept.clear();
    }
}
