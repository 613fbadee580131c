package io.millrace.perf.questions;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * DuckDB in a process of its own, with two threads, on the rows of one of our databases: {@code Duck SQLITE DUCKDB}. For
 * each number of a question on a line of its input it answers with nanoseconds, sessions, visitors and page views. Its jar
 * is not among ours: it is spoken to by JDBC, and takes rows by CSV.
 */
final class Duck {
    private static final String VISIT = "id INTEGER, visitor INTEGER, started BIGINT, source INTEGER, channel INTEGER,"
            + " campaign INTEGER, country INTEGER, region INTEGER, city INTEGER, browser INTEGER, os INTEGER,"
            + " device INTEGER, entry_page INTEGER, exit_page INTEGER, hostname INTEGER, language INTEGER,"
            + " screen INTEGER, duration INTEGER, pages INTEGER, events INTEGER, bounce BOOLEAN";

    private static final String VISITS = "SELECT s.id, s.visitor_id, s.started_at, o.source_id, o.channel_id,"
            + " o.utm_campaign_id, p.country_id, p.region_id, p.city_id, a.browser_id, a.os_id, a.device_id,"
            + " s.entry_path_id, s.exit_path_id, s.host_id, s.language_id, s.screen_id, s.length_ms / 1000,"
            + " s.page_count, s.event_count, s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < 10000"
            + " FROM sessions s LEFT JOIN origins o ON o.id = s.origin_id LEFT JOIN places p ON p.id = s.place_id"
            + " LEFT JOIN agents a ON a.id = s.agent_id ORDER BY s.id";

    /** Name and columns of a table, and the rows of ours that it gets. */
    private static final Map<String, String> TABLES = Map.of(
            "texts(id INTEGER, text VARCHAR)",
            "SELECT id, text FROM texts",
            "visits(" + VISIT + ")",
            VISITS,
            "views(visit INTEGER, visitor INTEGER, n INTEGER, time BIGINT, path INTEGER)",
            "SELECT h.session_id, s.visitor_id, h.n, h.time, h.path_id FROM sessions s"
                    + " CROSS JOIN page_views h ON h.session_id = s.id ORDER BY s.id, h.n",
            "properties(visit INTEGER, time BIGINT, key VARCHAR, value VARCHAR)",
            "SELECT e.session_id, e.time, p.key, p.value FROM events e, json_each(e.props) p"
                    + " ORDER BY e.session_id, e.n");

    private Duck() {}

    public static void main(String[] args) throws IOException, SQLException {
        Path own = Path.of(args[1]);
        if (!Files.exists(own)) {
            fill(args[0], own);
        }
        try (Connection connection = open(own);
                Statement statement = connection.createStatement()) {
            System.out.println("ready");
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = asked.readLine(); line != null; line = asked.readLine()) {
                System.out.println(answer(statement, Question.ALL.get(Integer.parseInt(line))));
            }
        }
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 2");
        }
        return connection;
    }

    private static String answer(Statement statement, Question question) throws SQLException {
        long start = System.nanoTime();
        String totals = null;
        for (String sql : DuckSql.of(question, System.currentTimeMillis())) {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    totals = totals != null ? totals : rows.getLong(1) + " " + rows.getLong(2) + " " + rows.getLong(3);
                }
            }
        }
        return System.nanoTime() - start + " " + totals;
    }

    /** What an earlier attempt has left is begun anew. */
    private static void fill(String sqlite, Path own) throws IOException, SQLException {
        Path part = own.resolveSibling("rows.part");
        Path csv = own.resolveSibling("rows.csv");
        Files.deleteIfExists(part);
        try (Connection from = DriverManager.getConnection("jdbc:sqlite:" + sqlite);
                Statement select = from.createStatement();
                Connection to = open(part);
                Statement statement = to.createStatement()) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                try (BufferedWriter lines = Files.newBufferedWriter(csv);
                        ResultSet rows = select.executeQuery(table.getValue())) {
                    write(rows, lines);
                }
                String name = table.getKey().substring(0, table.getKey().indexOf('('));
                statement.execute("CREATE TABLE " + table.getKey());
                statement.execute("COPY " + name + " FROM '" + csv + "' (HEADER false, DELIMITER ',', QUOTE '\"')");
            }
        } finally {
            Files.deleteIfExists(csv);
        }
        Files.move(part, own);
    }

    private static void write(ResultSet rows, BufferedWriter lines) throws IOException, SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                String value = rows.getString(i);
                lines.append(i == 1 ? "" : ",").append(value == null ? "" : '"' + value.replace("\"", "\"\"") + '"');
            }
            lines.append('\n');
        }
    }
}
