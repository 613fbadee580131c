package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.millrace.wire.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard for Grafana and the rules for Prometheus ask for what there is, and Prometheus' own tool agrees. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {
    private static final Path SAMPLES =
            Path.of("").toAbsolutePath().resolveSibling("deploy").resolve("samples");
    private static final Pattern NAME = Pattern.compile("\\b(?:millrace|jvm|process)_[a-z0-9_]+");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^\\s+expr: (.+)$");

    private String metrics;

    @BeforeAll
    void scrape(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        Typed.run("site", "add", "example.com", "--data", data.toString());
        try (ServerProcess server = ServerProcess.serve(data, "--admin-port", "0")) {
            new Client(server.url()).post(Client.pageView(1, "ann", "/one"));
            String key = ServerProcess.run("key", "add", "--scope", "read", "--data", data.toString())
                    .firstLine();
            new Client(server.url()).get("/api/analytics/1/overview?period=30d", key);
            String admin = server.awaitLogged("metrics at (http://127.0.0.1:\\d+)/metrics");
            metrics = new Client(admin).get("/metrics", null).body();
        }
    }

    private Set<String> names() {
        return Splitter.on('\n')
                .splitToStream(metrics)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> ask(Stream<String> expressions) {
        return expressions.flatMap(e -> NAME.matcher(e).results().map(found -> found.group()));
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws Exception {
        Map<?, ?> dashboard = Json.object(Files.readAllBytes(SAMPLES.resolve("grafana.json")), 16);
        List<?> panels = (List<?>) dashboard.get("panels");
        Stream<String> expressions = panels.stream()
                .flatMap(panel -> ((List<?>) ((Map<?, ?>) panel).get("targets")).stream())
                .map(target -> (String) ((Map<?, ?>) target).get("expr"));

        assertThat(panels).hasSizeGreaterThan(15);
        assertThat(ask(expressions)).isNotEmpty().isSubsetOf(names());
    }

    @Test
    void theRulesAskForMetricsThatThereAre() throws Exception {
        String rules = Files.readString(SAMPLES.resolve("alerts.yml"));

        assertThat(ask(EXPRESSION.matcher(rules).results().map(found -> found.group(1))))
                .isNotEmpty()
                .isSubsetOf(names());
    }

    @Test
    void showsWhatABeaconAndAReportTook() {
        assertThat(metrics)
                .contains(
                        "millrace_acknowledge_seconds_count 1\n",
                        "millrace_acknowledge_seconds_bucket{le=\"10.0\"} 1\n")
                .contains("millrace_report_seconds_count{report=\"overview\"} 1\n", "millrace_build_info{version=\"")
                .contains("process_open_fds ", "millrace_process_written_bytes_total ");
    }

    @Test
    void prometheusToolAgrees() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/promtool"))) {
            System.err.println(
                    "SKIPPED: promtool is not here (Debian: apt-get install prometheus); rules are not checked");
            return;
        }
        assertThat(tool(
                        new byte[0],
                        "check",
                        "rules",
                        SAMPLES.resolve("alerts.yml").toString()))
                .contains("SUCCESS");
        tool(metrics.getBytes(StandardCharsets.UTF_8), "check", "metrics");
    }

    private static String tool(byte[] in, String... args) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("/usr/bin/promtool"), Stream.of(args))
                        .toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write(in);
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
