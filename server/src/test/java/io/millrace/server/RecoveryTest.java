package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill: load, a copy under load, the server killed, the copy restored; and what was damaged is mended. */
@Timeout(180)
class RecoveryTest {
    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void addSite() {
        data = directory.resolve("data");
        assertThat(Typed.run("site", "add", "example.com", "--data", data.toString())
                        .code())
                .isZero();
    }

    private Typed run(Path on, String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--data";
        all[words.length + 1] = on.toString();
        return Typed.run(all);
    }

    @Test
    void aCopyMadeUnderLoadIsWholeAfterTheServerIsKilled() throws Exception {
        Path copy = directory.resolve("copy.db");
        Set<String> acknowledgedBefore;
        Set<String> acknowledged;
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client.Burst first = new Client.Burst(new Client(server.url()), 8);
            first.awaitAcknowledged(300);
            acknowledgedBefore = first.end();
            Client.Burst burst = new Client.Burst(new Client(server.url()), 8);
            burst.awaitAcknowledged(100);
            ServerProcess.Result made = ServerProcess.run("backup", copy.toString(), "--data", data.toString());
            assertThat(made.code()).as(made.err()).isZero();
            burst.awaitAcknowledged(400);
            server.kill();
            acknowledged = burst.end();
        }
        Path restored = directory.resolve("restored");
        assertThat(run(restored, "restore", copy.toString()).code()).isZero();
        assertThat(run(restored, "verify").code()).isZero();
        assertThat(new Rows(restored).all("SELECT pathname FROM v_page_views")).containsAll(acknowledgedBefore);

        assertThat(run(data, "verify").code())
                .as("what was killed is whole, too")
                .isZero();
        assertThat(new Rows(data).all("SELECT pathname FROM v_page_views")).containsAll(acknowledged);

        assertThat(run(data, "restore", copy.toString()).err()).contains("--force replaces it");
        assertThat(run(data, "restore", copy.toString(), "--force").code()).isZero();
        assertThat(data.resolve("millrace.db.replaced")).exists();
        try (ServerProcess server = ServerProcess.serve(data)) {
            assertThat(new Client(server.url())
                            .post(Client.pageView(1, "ann", "/after"))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void figuresThatDifferFromTheRowsAreMended() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            for (int i = 0; i < 10; i++) {
                new Client(server.url()).post(Client.pageView(1, "v" + i, "/p" + i));
            }
            assertThat(server.terminate()).isZero();
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("millrace.db"));
                Statement s = c.createStatement()) {
            assertThat(s.executeUpdate("UPDATE daily_stats SET page_views = page_views + 7"))
                    .isEqualTo(1);
        }
        Typed found = run(data, "verify");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).isNotEmpty();

        Typed mended = run(data, "repair");
        assertThat(mended.code()).as(mended.err()).isZero();
        assertThat(mended.err()).contains("differences repaired");
        assertThat(run(data, "verify").code()).isZero();
    }

    @Test
    void aDatabaseOfANewerVersionIsRefusedInOneLine() throws Exception {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("millrace.db"));
                Statement s = c.createStatement()) {
            s.execute("PRAGMA user_version = 9999");
        }
        Typed refused = run(data, "verify");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains("made by a newer version of Millrace (schema 9999, this one knows ");
    }
}
