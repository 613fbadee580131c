package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.server.internal.cli.CommandLines;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Server;
import io.millrace.storage.sqlite.DatabaseLock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Machines read the same whatever language a machine speaks: it changes no digit, no letter's case, no month. */
@Timeout(120)
class LocalesTest {
    private static final Locale OWN = Locale.getDefault();

    @TempDir
    private Path directory;

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(OWN);
    }

    @Test
    void everyLocaleOfTheJdkGetsTheSameFiguresReportsMetricsAndLogLines() throws Exception {
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger access = (Logger) LoggerFactory.getLogger("io.millrace.http.access");
        access.addAppender(log);
        access.setAdditive(false);
        Config config = Config.resolve(Map.of("port", "0", "http.access_log", "true"), Map.of(), null);
        try (DatabaseLock lock = data.tryLock()) {
            Instance instance = Instance.open(data, lock, config);
            Duties duties = new Duties(instance);
            Server server = Server.start(duties, CommandLines.on(duties), () -> config);
            try {
                command("data", "site", "add", "example.com", "--timezone", "Asia/Kathmandu");
                String ingest =
                        command("data", "key", "add", "--scope", "ingest").firstLine();
                String admin = command("data", "key", "add", "--scope", "admin").firstLine();
                Asked asked = new Asked(new Client(instance.baseUrl()), ingest, admin);
                Locale.setDefault(Locale.ROOT);
                List<String> figures = asked.figures("/root");
                List<String> reports = asked.reports("/also-root");
                assertThat(figures.get(0)).contains("PAGE,1,1,1,1,0.0,62");
                assertThat(reports.get(0)).contains("\"pageViews\":1,\"bounceRate\":0.0,\"avgDuration\":62");
                int n = 0;
                for (Locale locale : Locale.getAvailableLocales()) {
                    Locale.setDefault(locale);
                    assertThat(asked.figures("/page-" + n++))
                            .as(locale.toLanguageTag())
                            .isEqualTo(figures);
                }
                for (Locale locale : waysToWrite()) {
                    Locale.setDefault(locale);
                    assertThat(asked.reports("/page-" + n++))
                            .as(locale.toLanguageTag())
                            .isEqualTo(reports);
                }
                assertThat(log.list)
                        .hasSizeGreaterThan(n)
                        .allSatisfy(line -> assertThat(line.getFormattedMessage())
                                .matches("\\{\"time\":\"[0-9T:.-]+Z\",\\p{ASCII}+}"));
            } finally {
                server.stop();
            }
        }
    }

    /** Asks for what a page was sent with. */
    private record Asked(Client client, String ingest, String admin) {
        private static final String DAY = "from=2025-11-20&to=2025-11-20";

        /** What is told of one visit at once, the page's name left out. */
        List<String> figures(String page) throws Exception {
            send(page);
            return List.of(get("breakdown?dimension=page&format=csv&" + DAY, page));
        }

        /** The same of what takes longer. */
        List<String> reports(String page) throws Exception {
            send(page);
            return List.of(
                    get("overview?compare=year&" + DAY, page),
                    get("breakdown?dimension=utm_source&" + DAY, page),
                    get("properties?key=LIST&" + DAY, page),
                    get("flow?" + DAY, page),
                    metric("millrace_received_total "),
                    metric("millrace_database_bytes "));
        }

        private void send(String page) throws Exception {
            String visitor = "\"visitor_id\":\"V-" + page + "\"";
            String of = "{\"site\":\"WWW.Example.COM:8080\",%s,\"time\":%d,\"type\":\"%s\",";
            String view = String.format(Locale.ROOT, of, visitor, 1_763_600_000_123L, "pageview");
            String event = String.format(Locale.ROOT, of, visitor, 1_763_600_062_123L, "event");
            String body = "[" + view + "\"url\":\"https://EXAMPLE.com" + page + "?utm_source=IDLIB\","
                    + "\"referrer\":\"https://MAIL.Google.com/\"},"
                    + event + "\"url\":\"https://example.com" + page + "\",\"name\":\"Purchase\","
                    + "\"revenue\":{\"amount\":\" 1234.565 \",\"currency\":\"eur\"},\"props\":{\"LIST\":1.5e3}}]";
            HttpResponse<String> taken = client.post(body, ingest);
            assertThat(taken.statusCode() + taken.body()).isEqualTo("202");
        }

        private String get(String report, String page) throws Exception {
            HttpResponse<String> answer = client.get("/api/analytics/1/" + report + "&page=" + page, admin);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body().replace(page, "PAGE");
        }

        /** That a metric is there, as a number. */
        private String metric(String name) throws Exception {
            String line = client.get("/metrics", admin)
                    .body()
                    .lines()
                    .filter(l -> l.startsWith(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .isPositive();
            return name;
        }
    }

    @Test
    void aDatabaseIsMadeFilledAndVerifiedInEachWayToWrite() throws Exception {
        Path log = Files.writeString(
                directory.resolve("access.log"),
                "203.0.113.9 - - [20/May/2026:05:11:40 +0000] \"GET /INDEX HTTP/1.1\" 200 5120 \"-\""
                        + " \"Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0\"\n");
        for (Locale locale : waysToWrite()) {
            Locale.setDefault(locale);
            String data = "data-" + locale.toLanguageTag();
            command(data, "site", "add", "IDN.example", "--name", "Info", "--timezone", "Europe/Istanbul");
            command(data, "replay", log.toString(), "--format", "COMBINED");

            assertThat(command(data, "verify").out()).isEmpty();
            assertThat(command(data, "site", "list").out()).isEqualTo("1\tidn.example\tInfo\tEurope/Istanbul\n");
            assertThat(new Rows(directory.resolve(data))
                            .all("SELECT entry_page || ' ' || browser || ' ' || device FROM v_sessions"))
                    .containsExactly("/INDEX Firefox desktop");
            assertThat(new Rows(directory.resolve(data)).all("SELECT date || ' ' || page_views FROM daily_stats"))
                    .containsExactly("2026-05-20 1");
        }
    }

    /** One locale for each way to write digits and signs, to change the case of letters and to count years. */
    private static Collection<Locale> waysToWrite() {
        return Arrays.stream(Locale.getAvailableLocales())
                .collect(Collectors.toMap(
                        locale -> String.format(locale, "%d", -123)
                                + "fi".toUpperCase(locale)
                                + "FI".toLowerCase(locale)
                                + Calendar.getInstance(locale).getCalendarType(),
                        locale -> locale,
                        (one, other) -> one))
                .values();
    }

    private Typed command(String data, String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--data";
        all[words.length + 1] = data;
        Typed typed = Typed.run(Map.of("MILLRACE_HTTP_BURST", "300", "MILLRACE_ACK", "COMMITTED"), directory, all);
        assertThat(typed.code()).as(Locale.getDefault() + ": " + typed.err()).isZero();
        return typed;
    }
}
