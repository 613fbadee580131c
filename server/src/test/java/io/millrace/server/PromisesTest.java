package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises, each promise against the program in a process of its own. */
@Timeout(120)
class PromisesTest {
    private static final String INCONSISTENT = "SELECT count(*) FROM sessions s WHERE page_count"
            + " <> (SELECT count(*) FROM page_views p WHERE p.session_id = s.id)";

    @TempDir
    private Path directory;

    private Path data;
    private Rows rows;

    @BeforeEach
    void addSite() throws Exception {
        data = directory.resolve("data with spaces");
        rows = new Rows(data);
        Typed added = Typed.run("site", "add", "example.com", "--data", data.toString());
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.firstLine()).isEqualTo("1");
    }

    @Test
    void countsFiftyVisitorsAtOnce() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client client = new Client(server.url());
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String body = Client.pageView(1, "load_test_" + i, "/load-test-" + i);
                requests.add(() -> client.post(body).statusCode());
            }
            ExecutorService threads = Executors.newFixedThreadPool(50);
            for (Future<Integer> status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(202);
            }
            threads.shutdown();

            assertThat(rows.number("SELECT count(*) FROM sessions")).isEqualTo(50);
            assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(50);
            assertThat(rows.all("SELECT visitors || '/' || sessions || '/' || page_views FROM daily_stats"))
                    .containsExactly("50/50/50");
        }
    }

    @Test
    void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
        Set<String> acknowledged;
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client.Burst burst = new Client.Burst(new Client(server.url()), 16);
            burst.awaitAcknowledged(800);
            server.kill();
            acknowledged = burst.end();
        }
        try (ServerProcess restarted = ServerProcess.serve(data)) {
            assertThat(new Client(restarted.url()).get("/readyz", null).statusCode())
                    .isEqualTo(200);
            assertThat(rows.all("SELECT pathname FROM v_page_views")).containsAll(acknowledged);
            assertThat(rows.number(INCONSISTENT)).isZero();
            ServerProcess.Result verified = ServerProcess.run("verify", "--data", data.toString());
            assertThat(verified.code()).as(verified.out()).isZero();
        }
    }

    @Test
    void endsInGoodOrderUnderLoad() throws Exception {
        Set<String> acknowledged;
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client.Burst burst = new Client.Burst(new Client(server.url()), 16);
            burst.awaitAcknowledged(800);
            assertThat(server.terminate()).isZero();
            acknowledged = burst.end();
        }
        assertThat(rows.all("SELECT pathname FROM v_page_views")).containsAll(acknowledged);
        assertThat(rows.number(INCONSISTENT)).isZero();
    }

    @Test
    void losesNothingAtSigtermWhenItAnswersBeforeTheCommit() throws Exception {
        Set<String> acknowledged;
        try (ServerProcess server = ServerProcess.serve(data, "--ack", "accepted")) {
            Client.Burst burst = new Client.Burst(new Client(server.url()), 16);
            burst.awaitAcknowledged(800);
            assertThat(server.terminate()).isZero();
            acknowledged = burst.end();
        }
        assertThat(rows.all("SELECT pathname FROM v_page_views")).containsAll(acknowledged);
    }

    @Test
    void readsItsSettingsAgainAtAHangUpAndNeverEnds() throws Exception {
        // Under nohup the signal is ignored on purpose, by what is started, too.
        org.assertj.core.api.Assumptions.assumeThat(Files.readString(Path.of("/proc/self/status")))
                .doesNotContainPattern("SigIgn:\\s*[0-9a-f]{15}[13579bdf]");
        Path settings = Files.writeString(directory.resolve("millrace.toml"), "[http]\nrate_limit = 7\n");
        try (ServerProcess server = ServerProcess.serve(data, "--config", settings.toString())) {
            Client client = new Client(server.url());
            Files.writeString(
                    settings,
                    "admin_hosts = \"ops\"\n[http]\nrate_limit = 9\naccess_log = true\n[log]\nformat = \"json\"\n");
            server.hangUp();
            server.awaitLogged("settings: (http.rate_limit = 9 \\(was 7\\))");
            server.awaitLogged("settings: (admin_hosts = ops needs a restart; until then it is localhost)");
            assertThat(client.get("/healthz", null).statusCode()).isEqualTo(200);
            server.awaitLogged("(\\{\"time\":\"[^\"]+\",\"level\":\"INFO\",.*healthz)");

            Files.writeString(settings, "[http]\nrate_limit = \"none\"\n");
            server.hangUp();
            server.awaitLogged(
                    "(settings stay as they are: .*millrace.toml: http.rate_limit: 'none' is not a whole number)");

            Files.writeString(settings, "[http]\nrate_limit = 11\n");
            ServerProcess.Result reloaded = ServerProcess.run("config", "reload", "--data", data.toString());
            assertThat(reloaded.out()).contains("http.rate_limit = 11 (was 9)").doesNotContain("admin_hosts");
            assertThat(client.get("/healthz", null).statusCode()).isEqualTo(200);
            assertThat(server.terminate()).isZero();
        }
        assertThat(ServerProcess.run("config", "reload", "--data", data.toString())
                        .err())
                .contains("no server runs on ");
    }

    @Test
    void goesOnWithAVisitAfterARestart() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            new Client(server.url()).post(Client.pageView(1, "ann", "/one"));
            assertThat(server.terminate()).isZero();
        }
        try (ServerProcess server = ServerProcess.serve(data)) {
            new Client(server.url()).post(Client.pageView(1, "ann", "/two"));

            assertThat(rows.all("SELECT page_count FROM sessions")).containsExactly("2");
        }
    }

    @Test
    void answersTheSecondReportFromTheCacheByteForByte() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            String read = key("read");
            String admin = key("admin");
            Client client = new Client(server.url());
            client.post(Client.pageView(1, "ann", "/one"));
            String path = "/api/analytics/1/overview?period=30d";

            HttpResponse<String> first = client.get(path, read);
            long hits = hits(client, admin);
            HttpResponse<String> second = client.get(path, read);

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).contains("\"pageViews\":1");
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("etag"))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue("etag"));
            assertThat(hits(client, admin)).isEqualTo(hits + 1);
            String tag = first.headers().firstValue("etag").orElseThrow();
            HttpResponse<String> unchanged = client.get(path, read, "If-None-Match", tag);
            assertThat(unchanged.statusCode()).isEqualTo(304);
            assertThat(unchanged.body()).isEmpty();
        }
    }

    private static long hits(Client client, String admin) throws Exception {
        return client.get("/metrics", admin)
                .body()
                .lines()
                .filter(line -> line.startsWith("millrace_report_cache") && line.contains("hit"))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .sum();
    }

    private String key(String scope) throws Exception {
        return ServerProcess.run("key", "add", "--scope", scope, "--data", data.toString())
                .firstLine();
    }

    @Test
    void storesNothingOfBadRequestsAndLogsNoStackTrace() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client client = new Client(server.url());
            assertThat(client.post("{\"site_id\":1,").statusCode()).isEqualTo(400);
            assertThat(client.post("{}").statusCode()).isEqualTo(400);
            assertThat(client.post(
                                    "{\"site_id\":1,\"visitor_id\":\"v\",\"pathname\":null,\"hostname\":\"example.com\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(client.post(Client.pageView(99, "v", "/")).statusCode()).isEqualTo(404);
            assertThat(client.get("/api/collect", null).statusCode()).isEqualTo(405);
            assertThat(client.post("\"" + "x".repeat(1 << 20) + "\"").statusCode())
                    .isEqualTo(413);
            assertThat(client.post(Client.pageView(1, "v", "/").replace("pageview", "unknown"))
                            .statusCode())
                    .isEqualTo(400);

            assertThat(rows.number("SELECT count(*) FROM page_views")).isZero();
            assertThat(rows.number("SELECT count(*) FROM sessions")).isZero();
            assertThat(server.terminate()).isZero();
            assertThat(server.log()).doesNotContain("Exception", "\tat ", "ERROR", "WARN");
        }
    }

    @Test
    void printsALinkThatMakesTheFirstUser() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data)) {
            String link = server.awaitLogged("(http://\\S+/setup#\\S+)");
            assertThat(link).startsWith(server.url());
            assertThat(new Client(server.url()).get("/setup", null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysUnderALinkToLocalhostWhatStandsForItElsewhere() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data, "--host", "0.0.0.0")) {
            server.awaitLogged("(http://localhost:\\d+/setup#\\S+)");
            server.awaitLogged("(From another machine, this one's name stands for localhost; public_url says it)");
        }
    }

    @Test
    void showsMetricsToOperatorsWithoutAKeyAndToNobodyElse() throws Exception {
        try (ServerProcess server = ServerProcess.serve(data, "--admin-port", "0")) {
            assertThat(new Client(server.url()).get("/metrics", null).statusCode())
                    .isEqualTo(401);
            String admin = server.awaitLogged("metrics at (http://127.0.0.1:\\d+)/metrics");

            HttpResponse<String> metrics = new Client(admin).get("/metrics", null);

            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body())
                    .contains("millrace_received_total ", "millrace_http_connections ", "millrace_database_bytes ")
                    .contains("millrace_sqlite_commit_seconds_count ")
                    .contains(
                            "jvm_memory_used_bytes{area=\"heap\"} ",
                            "jvm_gc_collection_seconds_count{",
                            "jvm_threads_current ");
            assertThat(new Client(admin).post("{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void replaysAFileIntoARunningServerExactlyOnce() throws Exception {
        Path file = directory.resolve("some beacons.ndjson");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add("{\"v\":1,\"time\":" + (1_763_600_000_000L + i) + ",\"beacon\":"
                    + Client.pageView(1, "v" + i % 10, "/p" + i) + "}");
        }
        Files.write(file, lines);
        try (ServerProcess server = ServerProcess.serve(data)) {
            String[] replay = {"replay", file.toString(), "--data", data.toString()};
            assertThat(ServerProcess.run(replay).out()).startsWith("100 lines: 100 stored");
            assertThat(ServerProcess.run(replay).out()).startsWith("0 lines: 0 stored");
            assertThat(server.terminate()).isZero();
        }
        assertThat(Typed.run("replay", file.toString(), "--data", data.toString())
                        .out())
                .startsWith("0 lines: 0 stored");
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(100);
    }
}
