package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/schema.md says what the schema is. {@code -Dmillrace.write=true} writes its tables anew. */
@Timeout(60)
class SchemaDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "schema.md");
    private static final String BEGIN = "<!-- begin tables -->\n";
    private static final String END = "<!-- end tables -->";
    private static final Pattern COLUMN = Pattern.compile(
            "^  (?!PRIMARY KEY|UNIQUE|CHECK)([a-z_]+)[ ,]+(INTEGER|TEXT|REAL|BLOB)?[^-\n]*(?:-- (.*))?$",
            Pattern.MULTILINE);

    /** Before a column that a later version has added, which SQLite writes behind the last one. */
    private static final Pattern ADDED = Pattern.compile("\\s*, (?=[a-z_]+ (?:INTEGER|TEXT|REAL|BLOB)\\b)");

    @TempDir
    Path directory;

    @Test
    void theDocumentShowsEveryTableAndView() throws IOException, SQLException {
        String text = Files.readString(DOCUMENT);
        String written =
                text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + tables() + text.substring(text.indexOf(END));
        if (Boolean.getBoolean("millrace.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(text).isEqualTo(written);
    }

    private String tables() throws SQLException {
        Path file = directory.resolve("millrace.db");
        SqliteStorage.open(file).close();
        StringBuilder document = new StringBuilder();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            List<String> views = new ArrayList<>();
            try (ResultSet rows = s.executeQuery("SELECT type, name, sql FROM sqlite_master"
                    + " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid")) {
                while (rows.next()) {
                    if (rows.getString(1).equals("view")) {
                        views.add(rows.getString(2));
                    } else {
                        table(document, rows.getString(2), rows.getString(3));
                    }
                }
            }
            for (String view : views) {
                view(document, c, view);
            }
        }
        return document.toString();
    }

    private static void table(StringBuilder document, String name, String sql) {
        document.append("**").append(name).append("**\n\n| column | type | |\n|---|---|---|\n");
        Matcher column = COLUMN.matcher(ADDED.matcher(sql).replaceAll(",\n  "));
        while (column.find()) {
            String type = column.group(2) == null ? "" : column.group(2);
            String meaning = column.group(3) == null ? "" : column.group(3);
            document.append("| %s | %s | %s |%n"
                    .formatted(column.group(1), type, meaning)
                    .replace("\r", ""));
        }
        document.append('\n');
    }

    private static void view(StringBuilder document, Connection c, String name) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT name FROM pragma_table_info('" + name + "')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        document.append("View **")
                .append(name)
                .append("**: ")
                .append(String.join(", ", columns))
                .append("\n\n");
    }
}
