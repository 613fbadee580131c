package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's sqlite3 shell reads what the server writes, while it writes. */
@Timeout(60)
class ShellTest {
    @TempDir
    Path directory;

    @Test
    void theShellReadsViewsAndIndexes() throws Exception {
        Path file = directory.resolve("millrace.db");
        Histories history = new Histories(SqliteStorage.open(file), 3);
        history.run(100);
        assertThat(shell(
                        file,
                        "SELECT count(*) > 0 FROM v_page_views WHERE visitor_id LIKE 'v%' AND pathname LIKE '/p%'"))
                .isEqualTo("1");
        for (String view :
                new String[] {"v_sessions", "v_events", "v_affiliate_visits", "v_conversions", "v_day_values"}) {
            assertThat(shell(file, "SELECT count(*) >= 0 FROM (SELECT * FROM " + view + ")"))
                    .isEqualTo("1");
        }
        assertThat(shell(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(shell(
                        file,
                        "SELECT count(*) FROM sessions s WHERE page_count <>"
                                + " (SELECT count(*) FROM page_views p WHERE p.session_id = s.id)"))
                .isEqualTo("0");
        assertThat(shell(file, "SELECT count(DISTINCT id) = count(*) FROM page_views"))
                .isEqualTo("1");
        history.engine().close();
    }

    private static String shell(Path file, String sql) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("sqlite3", "-readonly", file.toString(), sql)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no sqlite3 shell on this machine");
            throw e;
        }
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out.strip();
    }
}
