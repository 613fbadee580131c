package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.millrace.wire.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site leaves with everything, and comes back as it was. */
@Timeout(180)
class ExportTest {
    /** Who is there now is known to the server that they are on alone. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("/api/analytics/{siteId}/realtime", "/api/analytics/{siteId}/live");

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.now(ZONE);
    private static final String SPAN = "from=" + TODAY.minusDays(59) + "&to=" + TODAY.minusDays(1);

    /** Noon of yesterday: a period that goes on has figures of the moment beside it. */
    private static final long YESTERDAY =
            TODAY.minusDays(1).atTime(12, 0).atZone(ZONE).toInstant().toEpochMilli();

    private static final int VISITS = 2_500;

    @TempDir
    private Path directory;

    private static String key(Path data) throws Exception {
        return ServerProcess.run("key", "add", "--scope", "admin", "--data", data.toString())
                .firstLine();
    }

    private static Typed run(Path data, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return Typed.run(all.toArray(String[]::new));
    }

    /** Two months of a site with affiliates: visits, events, what is read, campaigns. */
    private Path old() throws Exception {
        Path data = directory.resolve("old");
        assertThat(run(data, "site", "add", "demo.example", "--timezone", "Europe/Berlin")
                        .err())
                .isEmpty();
        for (String slug : List.of("honeybee", "northstar")) {
            assertThat(run(data, "affiliate", "add", "--site", "1", "--slug", slug)
                            .err())
                    .isEmpty();
        }
        RandomGenerator random = new Random(24);
        List<String> lines = new ArrayList<>();
        long now = System.currentTimeMillis() - 600_000;
        for (int i = 0; i < VISITS; i++) {
            lines.addAll(visit(random, now - random.nextLong(58 * 86_400_000L), i));
        }
        Path file = Files.write(directory.resolve("old.ndjson"), lines);
        Typed typed = run(data, "replay", file.toString());
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        return data;
    }

    private static List<String> visit(RandomGenerator random, long start, int i) {
        List<String> lines = new ArrayList<>();
        String who =
                "\"site_id\":1,\"visitor_id\":\"" + (i % 3 == 0 ? String.format("%016x", i / 9) : "v" + i / 4) + "\"";
        String from = List.of(
                        "\"referrer\":\"https://www.google.de/\"",
                        "\"referrer\":\"https://news.example/a?b=c\"",
                        "\"utm_source\":\"letter\",\"utm_medium\":\"email\",\"utm_campaign\":\"autumn\"",
                        "\"ref\":\"honeybee\"",
                        "\"ref\":\"northstar\"",
                        "\"language\":\"de-DE\"")
                .get(random.nextInt(6));
        String place = List.of(
                        "\"country\":\"DE\",\"region\":\"DE-BE\",\"city\":\"Berlin\"",
                        "\"country\":\"AT\",\"region\":\"AT-9\",\"city\":\"Wien\"",
                        "\"country\":\"US\"")
                .get(random.nextInt(3));
        long time = start;
        for (int n = 0; n <= random.nextInt(5); n++) {
            String page = "\"url\":\"https://demo.example/"
                    + List.of("", "pricing", "docs/a", "caf%C3%A9").get(random.nextInt(4)) + "\"," + "\"screen_width\":"
                    + (400 + 400 * random.nextInt(4)) + ",\"screen_height\":800";
            String id = "p" + i + "-" + n;
            lines.add(line(
                    time,
                    place,
                    who + ",\"id\":\"" + id + "\",\"title\":\"Page " + n + "\"," + page + (n == 0 ? "," + from : "")));
            if (random.nextBoolean()) {
                lines.add(line(
                        time + 20_000,
                        place,
                        who + ",\"type\":\"engagement\",\"view\":\"" + id + "\",\"engaged_ms\":"
                                + random.nextInt(30_000) + ",\"scroll\":" + random.nextInt(101)));
            }
            if (random.nextInt(6) == 0) {
                lines.add(line(
                        time + 30_000,
                        place,
                        who + ",\"type\":\"event\",\"name\":\"Signup\",\"props\":{\"plan\":\""
                                + List.of("pro", "free").get(random.nextInt(2)) + "\"}," + page));
            }
            time += 40_000 + random.nextInt(200_000);
        }
        return lines;
    }

    private static String line(long time, String place, String beacon) {
        return "{\"v\":1,\"time\":" + time + "," + place + ",\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64; rv:"
                + (140 + time % 4) + ".0) Gecko/20100101 Firefox/" + (140 + time % 4) + ".0\",\"beacon\":{" + beacon
                + "}}";
    }

    /** What comes by other ways. */
    private static void addTheRest(Client client, Path data, String key) throws Exception {
        String event = "{\"time\":" + YESTERDAY
                + ",\"site_id\":1,\"visitor_id\":\"ann\",\"session_id\":\"s1\",\"type\":\"event\",\"name\":\"Signup\","
                + "\"url\":\"https://demo.example/signup\",\"id\":\"e-1\",\"props\":{\"plan\":\"pro \\\" , \\n\"},"
                + "\"revenue\":{\"amount\":19.99,\"currency\":\"EUR\"}}";
        String page = "{\"time\":" + YESTERDAY
                + ",\"site_id\":1,\"visitor_id\":\"ann\",\"session_id\":\"s1\",\"id\":\"p-1\",\"title\":\"Grüße\","
                + "\"url\":\"https://www.demo.example/caf%C3%A9?utm_source=news&ref=honeybee\"}";
        String read = "{\"time\":" + YESTERDAY
                + ",\"site_id\":1,\"visitor_id\":\"ann\",\"session_id\":\"s1\",\"type\":\"engagement\",\"view\":\"p-1\","
                + "\"engaged_ms\":12000,\"scroll\":80}";
        for (String body : List.of(page, event, read)) {
            assertThat(client.post(body, key).statusCode()).isEqualTo(202);
        }
        assertThat(client.from("203.0.113.9", "Mozilla/5.0 (compatible; GPTBot/1.2)", page.replace("ann", "bot"))
                        .statusCode())
                .isEqualTo(202);
        String ingest =
                run(data, "key", "add", "--scope", "ingest", "--site", "1").firstLine();
        for (int i = 0; i < 12; i++) {
            String paid = "{\"external_id\":\"pay-" + i + "\",\"amount\":" + (1000 + 50 * i) + ",\"currency\":\""
                    + (i % 4 == 0 ? "USD" : "EUR") + "\",\"visitor_id\":\"v" + i * 7 + "\",\"occurred_at\":\""
                    + Instant.ofEpochMilli(YESTERDAY + i) + "\"}";
            assertThat(client.send("/api/conversions", paid, ingest).statusCode())
                    .isEqualTo(201);
        }
        for (String refund : List.of("pay-3", "pay-4")) {
            String back = "{\"external_id\":\"back-" + refund + "\",\"conversion\":\"" + refund + "\",\"amount\":500}";
            assertThat(client.send("/api/refunds", back, ingest).statusCode()).isEqualTo(201);
        }
        String at = " --data " + data;
        for (String command : List.of(
                "goal add --site 1 --name Signup --event Signup",
                "goal add --site 1 --name Pricing --page /pricing",
                "exclude add --site 1 --path /never/*",
                "site change 1 --lower-case --path-patterns /never/*",
                "annotation add --site 1 --text Launch",
                "affiliate pay 1 --reference SEPA-1 --amount 10 --currency EUR")) {
            Typed typed = Typed.run((command + at).split(" "));
            assertThat(typed.code()).as(command + ": " + typed.err()).isZero();
        }
    }

    /** Each GET of the description that is about a site, with what it needs. */
    private static List<String> questions(Client client, String key) throws Exception {
        Map<String, Object> document = Json.object(
                client.get("/api/openapi.json", key).body().getBytes(java.nio.charset.StandardCharsets.UTF_8), 64);
        Set<String> asked = new TreeSet<>();
        List<String> questions = new ArrayList<>();
        for (Map.Entry<?, ?> path : ((Map<?, ?>) document.get("paths")).entrySet()) {
            String template = (String) path.getKey();
            if (!((Map<?, ?>) path.getValue()).containsKey("get")
                    || !template.startsWith("/api/analytics/{siteId}/")
                    || OF_THE_MOMENT.contains(template)) {
                continue;
            }
            asked.add(template);
            String filled = template.replace("{siteId}", "1");
            String own = switch (filled.substring("/api/analytics/1/".length())) {
                case "visitor-journey" -> "visitorId=ann";
                case "breakdown" -> "dimension=page&limit=1000&" + SPAN;
                case "goal" -> "id=1&dimension=source&" + SPAN;
                case "funnel" -> "funnel=1&" + SPAN;
                case "affiliates/{affiliateId}/statement" -> SPAN;
                case "agents" -> "";
                default -> SPAN;
            };
            questions.add(filled.replace("{affiliateId}", "1") + "?" + own);
        }
        for (String dimension :
                List.of("source", "entry_page", "exit_page", "country", "city", "browser_version", "device")) {
            questions.add("/api/analytics/1/breakdown?limit=1000&dimension=" + dimension + "&" + SPAN);
        }
        for (String filter : List.of("country=DE", "page=/pricing", "source=Google&device=desktop", "event=Signup")) {
            questions.add("/api/analytics/1/overview?" + filter + "&" + SPAN);
        }
        questions.add("/api/analytics/1/overview?period=all");
        questions.add("/api/sites/1");
        for (String list : List.of("goals", "exclusions", "funnels", "affiliates", "annotations", "filtered")) {
            questions.add("/api/sites/1/" + list);
        }
        assertThat(asked).hasSizeGreaterThan(14);
        return questions;
    }

    private static List<String> answers(Client client, String key, List<String> questions) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String question : questions) {
            var answer = client.get(question, key);
            assertThat(answer.statusCode()).as(question + ": " + answer.body()).isEqualTo(200);
            answers.add(question + "\n" + answer.body());
        }
        return answers;
    }

    private static String[] replay(Path export) throws Exception {
        List<String> words = new ArrayList<>(List.of("replay"));
        try (Stream<Path> files = Files.list(export)) {
            files.filter(f -> f.toString().contains(".ndjson")).sorted().forEach(f -> words.add(f.toString()));
        }
        return words.toArray(String[]::new);
    }

    @Test
    void bringsEveryReportBackByteForByte() throws Exception {
        Path old = old();
        Path export = directory.resolve("export");
        List<String> questions;
        List<String> before;
        try (ServerProcess server = ServerProcess.serve(old)) {
            String key = key(old);
            Client client = new Client(server.url());
            addTheRest(client, old, key);
            assertThat(run(
                                    old,
                                    "funnel",
                                    "add",
                                    "--site",
                                    "1",
                                    "--name",
                                    "Way",
                                    "--step",
                                    "page=/",
                                    "--step",
                                    "goal=Signup")
                            .err())
                    .isEmpty();
            questions = questions(client, key);
            before = answers(client, key, questions);
            Typed typed = run(old, "export", "--site", "1", "--to", export.toString());
            assertThat(typed.code()).as(typed.err()).isZero();
            assertThat(typed.out()).contains(" visits, ", " page views, ", " events, ", " conversions, ");
            assertThat(server.terminate()).isZero();
        }
        Map<String, Object> manifest = Json.object(Files.readAllBytes(export.resolve("manifest.json")), 8);
        for (Object file : (List<?>) manifest.get("files")) {
            Map<?, ?> of = (Map<?, ?>) file;
            Path path = export.resolve((String) of.get("name"));
            assertThat(Hashing.sha256().hashBytes(Files.readAllBytes(path)).toString())
                    .isEqualTo(of.get("sha256"));
            assertThat(Files.readString(path).chars().filter(c -> c == '\n').count())
                    .isEqualTo(of.get("lines"));
        }

        Path data = directory.resolve("new");
        assertThat(run(data, "key", "list").code()).as("an empty database").isLessThan(2);
        try (ServerProcess server = ServerProcess.serve(data)) {
            Client client = new Client(server.url());
            String key = key(data);
            for (int time = 0; time < 2; time++) { // the second time from the start, and nothing changes
                List<String> words = new ArrayList<>(List.of(replay(export)));
                if (time > 0) {
                    words.add("--again");
                }
                Typed typed = run(data, words.toArray(String[]::new));
                assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
                if (time == 0) {
                    List<String> after = answers(client, key, questions);
                    for (int i = 0; i < before.size(); i++) {
                        assertThat(after.get(i)).isEqualTo(before.get(i));
                    }
                } else {
                    assertThat(typed.out()).contains(" 0 stored");
                }
            }
            assertThat(server.terminate()).isZero();
        }
        assertThat(run(data, "verify").out()).isEmpty();
        assertThat(new Rows(data).number("SELECT max(id) FROM sessions"))
                .isEqualTo(new Rows(old).number("SELECT max(id) FROM sessions"));
        assertThat(new Rows(data).all("SELECT counter || count || date FROM ledger WHERE site_id = 1 ORDER BY 1"))
                .isEqualTo(
                        new Rows(old).all("SELECT counter || count || date FROM ledger WHERE site_id = 1 ORDER BY 1"));
    }

    @Test
    void goesOnAfterAKillAndLaterWritesOnlyWhatIsNew() throws Exception {
        Path data = old();
        Path export = directory.resolve("export");
        String[] words = {"export", "--site", "1", "--to", export.toString(), "--data", data.toString()};
        ServerProcess killed = ServerProcess.start(words);
        while (!Files.exists(export.resolve("unfinished.json"))) {
            Thread.onSpinWait();
        }
        killed.kill();
        Typed again = Typed.run(words);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Typed.run(words).err()).contains("holds an export already");
        Path whole = directory.resolve("whole");
        Typed once = run(data, "export", "--site", "1", "--to", whole.toString(), "--gzip");
        assertThat(again.out()).isEqualTo(once.out());

        Path more = directory.resolve("more");
        Typed incremental = run(
                data,
                "export",
                "--site",
                "1",
                "--to",
                more.toString(),
                "--since",
                export.resolve("manifest.json").toString());
        assertThat(incremental.err()).isEmpty();
        assertThat(incremental.out()).doesNotContain("visits");
        Path tables = directory.resolve("tables");
        Typed csv = run(data, "export", "--site", "1", "--to", tables.toString(), "--format", "csv");
        assertThat(csv.code()).as(csv.err()).isZero();
        long rows = 0;
        try (Stream<Path> files = Files.list(tables)) {
            for (Path file :
                    files.filter(f -> f.toString().contains("page_views")).toList()) {
                rows += Files.readAllLines(file).size() - 1;
            }
        }
        assertThat(csv.out()).contains(rows + " page views");
    }
}
