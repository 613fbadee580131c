package io.millrace.perf;

import static io.millrace.perf.StubCollector.ACCEPTED;
import static io.millrace.perf.StubCollector.BUSY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.process.OwnCertificate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class LoadTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int load(String... words) {
        return Load.run(new PrintWriter(err, true), words);
    }

    private int loadOf(StubCollector server, String... words) {
        List<String> all = new ArrayList<>(List.of("--url", "http://127.0.0.1:" + server.port(), "--count", "50"));
        all.addAll(List.of(words));
        return load(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --count 1e3         | --count: '1e3' is not a whole number
            --rate fast         | --rate: 'fast' is not a number
            --format ga4        | --format: 'ga4' is not one of millrace, plausible, umami, story
            --site x            | --site: not as millrace names one: x
            --url 127.0.0.1:80  | --url: must be an address such as http://127.0.0.1:8080, not 127.0.0.1:80
            """)
    void saysWhatIsWrongInTheWordsOfTheCommandLine(String line, String problem) {
        assertThat(load(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("millrace load: " + problem + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--url localhost:8080                        | --url",
                "--url http://127.0.0.1:0                    | --url",
                "--url http://user@127.0.0.1                 | --url",
                "--url http://no-such-host.invalid           | --url",
                "--url http://127.0.0.1/a --path /b          | --path",
                "--path api                                  | --path",
                "--insecure                                  | --insecure",
                "--cacert pom.xml                            | --cacert",
                "--url https://127.0.0.1 --cacert pom.xml    | --cacert",
                "--url https://127.0.0.1 --cacert none.pem   | --cacert",
                "--header nothing                            | --header",
                "--header Content-Length:3                   | --header",
                "--format ga4                                | --format",
                "--format umami                              | --site",
                "--format umami --site 1                     | --site",
                "--site a\"b                                 | --site",
                "--domain a/b                                | --domain",
                "--batch 0                                   | --batch",
                "--batch many                                | --batch",
                "--batch 5000 --connections 1000             | --batch",
                "--format plausible --batch 10               | --batch",
                "--heartbeats 1                              | --heartbeats",
                "--format plausible --heartbeats 0.1         | --heartbeats",
                "--connections 0                             | --connections",
                "--connections -1                            | --connections",
                "--rate 0                                    | --rate",
                "--rate NaN                                  | --rate",
                "--rate fast                                 | --rate",
                "--rate 1,2 --count 9                        | --rate",
                "--day 1h                                    | --day",
                "--rate 1 --day 0s                           | --day",
                "--burst 5x2s/20s                            | --burst",
                "--rate 1 --burst 5y                         | --burst",
                "--rate 1 --burst 5x20s/2s                   | --burst",
                "--rate 1 --burst 0x2s/20s                   | --burst",
                "--duration 0s                               | --duration",
                "--duration soon                             | --duration",
                "--duration 99999999999999h                  | --duration",
                "--warmup -5s                                | --warmup",
                "--count 0                                   | --count",
                "--poll 0s                                   | --poll",
                "--poll-path /a                              | --poll-path",
                "--poll 1s --poll-path a                     | --poll-path",
                "--viewers 2                                 | --viewers",
                "--poll 1s --viewers 0                       | --viewers",
                "--key k                                     | --key",
                "--format plausible --poll 1s                | --poll",
                "--expect p99                                | --expect",
                "--expect p99<20                             | --expect",
                "--expect dashboard.p99<1s                   | --expect",
                "--pid 2147483647                            | --pid",
                "--data no/such/directory                    | --data",
                "--json no/such/directory/file               | --json",
                "--html src                                  | --html",
                "--seed x                                    | --seed",
                "--run x                                     | --run",
                "--audit --kills 0                           | --kills",
                "--audit --kills -1                          | --kills",
                "--audit --server no-such.jar                | --server",
                "--audit --url http://example.com            | --url",
                "--audit --batch 501                         | --batch",
                "--hostile no-such-kind                      | --hostile",
                "--hostile heads --cores 0                   | --cores",
                "--hostile heads --attack 0s                 | --attack",
                "--hostile heads --views 0                   | --views",
                "--hostile heads --victim no-such.jar        | --victim",
                "--hostile heads --connections 5             | --connections",
                "--no-such-option                            | --no-such-option"
            })
    void namesTheOptionThatIsWrongInALine(String line, String option) {
        assertThat(load(line.strip().split(" "))).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("millrace load: ")
                .contains(option);
        assertThat(err.toString()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void endsWell() throws Exception {
        try (StubCollector server = StubCollector.answering(n -> ACCEPTED)) {
            assertThat(loadOf(server, "--expect", "p99<60s", "--expect", "ok>99.9%"))
                    .isZero();
            assertThat(server.received()).isEqualTo(50);
        }
    }

    @Test
    void endsWith1WhenAnswersAreNotAcknowledgements() throws Exception {
        try (StubCollector server = StubCollector.answering(n -> n == 7 ? BUSY : ACCEPTED)) {
            assertThat(loadOf(server)).isEqualTo(1);
        }
    }

    @Test
    void endsWellWhenRefusalsAreExpected() throws Exception {
        try (StubCollector server = StubCollector.answering(n -> n % 2 == 0 ? BUSY : ACCEPTED)) {
            assertThat(loadOf(server, "--expect", "ok>=50%")).isZero();
        }
    }

    @Test
    void endsWith1WhenItIsTooSlow() throws Exception {
        try (StubCollector server = StubCollector.answering(n -> ACCEPTED)) {
            Path json = directory.resolve("result.json");
            assertThat(loadOf(server, "--expect", "p50<0.001us", "--json", json.toString()))
                    .isEqualTo(1);
            assertThat(Files.readString(json))
                    .contains("\"as_expected\":false", "{\"expected\":\"p50<0.001us\",\"met\":false");
        }
    }

    @Test
    void endsWithALineWhenNobodyIsThere() throws Exception {
        StubCollector server = StubCollector.answering(n -> ACCEPTED);
        server.close();
        assertThat(loadOf(server)).isEqualTo(1);
        assertThat(err.toString()).startsWith("millrace load: http://127.0.0.1:" + server.port() + ": no connection");
    }

    @Test
    void postsToThePathOfTheAddressWithTheHeadersGiven() throws Exception {
        try (StubCollector server = StubCollector.answering(n -> ACCEPTED)) {
            assertThat(load(
                            "--url",
                            "http://127.0.0.1:" + server.port() + "/stats/collect?v=2",
                            "--count",
                            "1",
                            "--connections",
                            "1",
                            "--header",
                            "X-Token: abc",
                            "--header",
                            "user-agent: Mine/1"))
                    .isZero();
            assertThat(server.heads().get(0))
                    .startsWith("POST /stats/collect?v=2 HTTP/1.1")
                    .contains("\r\nX-Token: abc", "\r\nuser-agent: Mine/1")
                    .doesNotContain("User-Agent");
        }
    }

    @Test
    void speaksTlsToWhomItIsToldToBelieve() throws Exception {
        OwnCertificate own = OwnCertificate.in(directory);
        try (StubCollector server = StubCollector.secured(own, n -> ACCEPTED)) {
            String url = "https://localhost:" + server.port();
            assertThat(load(
                            "--url",
                            url,
                            "--count",
                            "20",
                            "--cacert",
                            own.certificate().toString()))
                    .isZero();
            assertThat(load("--url", url, "--count", "20", "--insecure")).isZero();
            assertThat(server.received()).isEqualTo(40);
        }
    }
}
