package io.millrace.perf.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
    private static final String FIRST = "00000000000000010000000000000002";
    private static final String SECOND = "0000000000000003000000000000000400";

    @TempDir
    Path directory;

    private final SentIds sent = new SentIds();

    @BeforeEach
    void send() {
        sent.acknowledge(sent.add(1, 2));
        sent.add(3, 4);
    }

    @Test
    void findsNothingWhereAllIsWell() throws SQLException {
        store(FIRST, SECOND);
        assertThat(wrong()).isEmpty();
    }

    @Test
    void findsWhatIsMissing() throws SQLException {
        store(SECOND);
        assertThat(wrong())
                .containsExactly("acknowledged but not stored 1", "sent until acknowledged but not stored 1");
    }

    @Test
    void tellsWhatIsMissingFromWhatWasPromised() throws SQLException {
        store(FIRST);
        assertThat(wrong()).containsExactly("sent until acknowledged but not stored 1");
    }

    @Test
    void findsWhatIsThereTwiceOrWasNeverSent() throws SQLException {
        store(FIRST, SECOND, FIRST, "00000000000000090000000000000009");
        assertThat(wrong()).containsExactly("stored twice 1", "stored but never sent 1");
    }

    @Test
    void findsAVisitThatMiscountsItsPages() throws SQLException {
        store(FIRST, SECOND);
        execute("UPDATE sessions SET page_count = 7");
        assertThat(wrong()).containsExactly("visits whose page_count is not the number of their page views 1");
    }

    private void store(String... ids) throws SQLException {
        execute("CREATE TABLE sessions (id INTEGER, page_count INTEGER)");
        execute("CREATE TABLE page_views (session_id INTEGER, event_id TEXT)");
        execute("CREATE TABLE daily_stats (page_views INTEGER)");
        execute("CREATE VIEW v_page_views AS SELECT * FROM page_views");
        execute("INSERT INTO sessions VALUES (1, " + ids.length + ")");
        execute("INSERT INTO daily_stats VALUES (" + ids.length + ")");
        for (String id : ids) {
            execute("INSERT INTO page_views VALUES (1, '" + id + "')");
        }
    }

    private List<String> wrong() throws SQLException {
        return Proof.of(sent, directory.resolve("db")).stream()
                .filter(finding -> finding.wrong() != 0)
                .map(finding -> finding.what() + " " + finding.wrong())
                .collect(Collectors.toList());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
