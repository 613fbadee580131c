package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a newcomer runs it. */
@Timeout(120)
class DemoTest {
    @TempDir
    private Path directory;

    @Test
    void servesTwoMonthsOfTrafficAndRefusesOtherDatabases() throws Exception {
        Path data = directory.resolve("demo data");
        Rows rows = new Rows(data);
        try (ServerProcess demo = ServerProcess.demo(data)) {
            String key = ServerProcess.run("key", "add", "--scope", "read", "--data", data.toString())
                    .firstLine();
            HttpResponse<String> report = new Client(demo.url()).get("/api/analytics/1/overview?period=30d", key);

            assertThat(report.statusCode()).isEqualTo(200);
            assertThat(report.body()).as("there is a period to compare with").doesNotContain("\"visitors\":null");
            assertThat(rows.number("SELECT count(*) FROM page_views")).isBetween(60_000L, 180_000L);
            assertThat(rows.number("SELECT count(DISTINCT date) FROM daily_stats"))
                    .isGreaterThanOrEqualTo(59);
            assertThat(rows.number("SELECT count(DISTINCT affiliate_id) FROM affiliate_visits"))
                    .isEqualTo(3);
            assertThat(rows.number("SELECT count(DISTINCT affiliate_id) FROM conversions WHERE session_id > 0"))
                    .as("three affiliates and nobody")
                    .isEqualTo(4);
            String link = demo.nextLine();
            String shared = link.substring(link.indexOf("/share/")).replace("/share/", "/api/shared/");
            assertThat(new Client(demo.url())
                            .get(shared + "/overview?period=30d", null)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(demo.awaitLogged("(/setup#\\S+)"))
                    .as("who wants to log in")
                    .isNotEmpty();
            assertThat(demo.terminate()).isZero();
        }
        long pageViews = rows.number("SELECT count(*) FROM page_views");
        try (ServerProcess again = ServerProcess.demo(data)) {
            assertThat(rows.number("SELECT count(*) FROM page_views")).isBetween(pageViews, pageViews + 500);
            assertThat(again.terminate()).isZero();
        }
        assertThat(Typed.run("verify", "--data", data.toString()).out()).isEmpty();

        Path own = directory.resolve("own");
        assertThat(Typed.run("site", "add", "example.com", "--data", own.toString())
                        .code())
                .isZero();
        ServerProcess.Result refused = ServerProcess.run("demo", "--data", own.toString(), "--port", "0");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("the demo did not make");
    }
}
