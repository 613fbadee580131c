package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.Passwords;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Attribute;
import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Health;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page knows by heart is what the server says. */
class ServerListsTest extends ModuleTest {
    private static final Map<String, String> AGENTS = Map.of(
            "desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
            "mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1",
            "tablet", "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Version/18.1 Safari/604.1");
    private static final Path SCRIPTS = Path.of("src/main/web");

    private String reports;
    private int siteId;

    ServerListsTest() {
        super("lib/period.js");
    }

    @BeforeAll
    void addASite() {
        PageServer server = shared.server();
        Site site = server.engine.addSite(Site.of("lists.example")).join();
        siteId = site.id();
        reports = "/api/analytics/" + siteId + "/";
        AGENTS.forEach((device, agent) -> server.engine
                .collector()
                .put(Beacon.pageview(site.id())
                        .url("https://lists.example/")
                        .visitorId(device)
                        .address("192.0.2.7")
                        .userAgent(agent)
                        .build())
                .join());
        shared.browser().load("strings", "strings.js");
    }

    /** The values of a module's expression. */
    private List<String> list(String module, String expression) {
        shared.browser().load("listing", module);
        Object found = shared.browser().run("const it = listing; return " + expression);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private Map<?, ?> answer(String path, int status) {
        Map<?, ?> answer = shared.browser().fetch("GET", path, null);
        if (status >= 400) {
            shared.browser().complaints();
        }
        assertThat(answer.get("status")).as(path).isEqualTo((long) status);
        return (Map<?, ?>) answer.get("body");
    }

    private String refusal(String report) {
        return String.valueOf(((Map<?, ?>) answer(reports + report, 400).get("error")).get("message"));
    }

    @Test
    void dimensionsAreThoseOfTheEngine() {
        assertThat(list("lib/filters.js", "it.DIMENSIONS"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Dimension.values())
                        .filter(d -> d.kind() != Attribute.Kind.TIME)
                        .map(ServerListsTest::lower)
                        .toList());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "lib/period.js, it.PERIODS, overview?period=x",
        "lib/period.js, it.INTERVALS, overview?interval=x",
        "pages/retention.js, it.UNITS, retention?unit=x",
        "lib/period.js, it.COMPARISONS.filter(c => c !== 'off'), overview?compare=x",
        "ui/whole.js, '[\"name\", ...new Set([...it.PAGE_COLUMNS, ...it.EVENT_COLUMNS].map(c => c.id))]', breakdown?dimension=page&sort=x"
    })
    void choicesAreThoseThatTheApiNamesWhenItRefusesAnother(String module, String list, String report) {
        String[] named = refusal(report).split("must be one of ")[1].split(", ");
        assertThat(list(module, list)).containsExactlyInAnyOrder(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview?",
                "breakdown?dimension=page&",
                "properties?",
                "affiliates?",
                "goals?",
                "funnel?",
                "retention?",
                "flow?"
            })
    void everyReportTakesEveryFilter(String report) {
        for (String dimension : list("lib/filters.js", "it.DIMENSIONS")) {
            answer(reports + report + dimension + "=x", 200);
        }
        answer(reports + report + "prop.plan=x", 200);
    }

    @Test
    void everyPeriodHasEveryIntervalThatIsOffered() {
        for (String period : list("lib/period.js", "it.PERIODS")) {
            for (String interval :
                    list("lib/period.js", "it.intervals(new URLSearchParams({period: '" + period + "'}))")) {
                answer(reports + "overview?period=" + period + "&interval=" + interval, 200);
            }
        }
        answer(reports + "overview?from=2026-10-01&to=2026-10-31&interval=hour", 200);
        assertThat(refusal("overview?from=2026-10-01&to=2026-11-01&interval=hour"))
                .contains("too fine");
    }

    @ParameterizedTest
    @CsvSource({
        "ui/whole.js, it.MOST_ROWS.breakdown, 'breakdown?dimension=page&limit='",
        "ui/whole.js, it.MOST_ROWS.properties, properties?limit=",
        "ui/conversions.js, it.MOST, conversions?limit=",
        "pages/flow.js, Math.max(...it.DEPTHS), flow?depth=",
        "pages/flow.js, Math.max(...it.WIDTHS), flow?topN="
    })
    void thePageAsksForAsMuchAsThereCanBe(String module, String expression, String path) {
        int most = Integer.parseInt(list(module, "[" + expression + "]").get(0));
        answer(reports + path + most, 200);
        assertThat(refusal(path + (most + 1))).contains("from 1 to " + most);
    }

    @Test
    void theSlugOfAnAffiliateIsAsLongAsTheEngineTakes() {
        String page = script("affiliates");
        Matcher slug = Pattern.compile("name=\"slug\"[^>]*?maxlength=\"(\\d+)\"", Pattern.DOTALL)
                .matcher(page);
        assertThat(slug.find()).isTrue();
        int most = Integer.parseInt(slug.group(1));
        assertThat(Affiliate.slugOf("a".repeat(most))).isNotNull();
        assertThat(Affiliate.slugOf("a".repeat(most + 1))).isNull();
    }

    /** A field of a form, and a request that brings its text to the server. */
    private record Field(String name, String method, String path, String body) {
        String refusal(int characters) {
            String text = body.replace('\'', '"').replace("$", "a".repeat(characters));
            Map<?, ?> answer = shared.browser().fetch(method, path, text);
            shared.browser().complaints();
            Map<?, ?> error = answer.get("body") instanceof Map<?, ?> said ? (Map<?, ?>) said.get("error") : null;
            return error == null ? "" : String.valueOf(error.get("message"));
        }
    }

    @Test
    void textsAreAsLongAsTheServerTakes() {
        String one = "/api/sites/" + siteId;
        List<Field> fields = List.of(
                new Field("pages/affiliates.js name", "POST", one + "/affiliates", "{'slug': 'long', 'name': '$'}"),
                new Field("pages/affiliates.js slug", "POST", one + "/affiliates", "{'slug': '$'}"),
                new Field("pages/funnels.js name", "POST", one + "/funnels", "{'steps': [], 'name': '$'}"),
                new Field("pages/goals.js name", "POST", one + "/goals", "{'page': '', 'name': '$'}"),
                new Field("pages/goals.js page", "POST", one + "/goals", "{'name': '1', 'page': '$'}"),
                new Field("pages/goals.js event", "POST", one + "/goals", "{'name': '1', 'event': '$'}"),
                new Field("ui/exclusions.js pattern", "POST", one + "/exclusions", "{'kind': 'agent', 'pattern': '$'}"),
                new Field("ui/statement.js reference", "POST", one + "/affiliates/0/payouts", "{'reference': '$'}"),
                new Field("ui/annotations.js text", "POST", one + "/annotations", "{'text': '$', 'time': 'x'}"),
                new Field("ui/segments.js name", "POST", one + "/segments", "{'filter': '', 'name': '$'}"),
                new Field(
                        "pages/journey.js visitor",
                        "POST",
                        "/api/collect",
                        "{'site': 'lists.example', 'url': '/', 'visitor_id': '$'}"),
                new Field("pages/settings.js name", "PUT", one, "{'name': '$'}"),
                new Field("pages/settings.js umami_id", "PUT", one, "{'umami_id': '$'}"),
                new Field("pages/settings.js goatcounter_host", "PUT", one, "{'goatcounter_host': '$'}"),
                new Field(
                        "pages/setup.js name", "POST", "/api/users", "{'email': 'a@b.c', 'password': '', 'name': '$'}"),
                new Field("ui/siteform.js domain", "PUT", one, "{'domain': '$'}"),
                new Field("ui/secrets.js name", "POST", one + "/keys", "{'scope': 'read', 'name': '$'}"),
                new Field("ui/secrets.js name", "POST", one + "/links", "{'name': '$'}"));
        Map<String, Set<Integer>> longest = longest();
        assertThat(fields).extracting(Field::name).containsAll(longest.keySet());
        for (Field field : fields) {
            int most = longest.get(field.name()).iterator().next();
            assertThat(longest.get(field.name())).as(field.name()).hasSize(1);
            assertThat(field.refusal(most + 1)).as(field.name()).matches(".*(longer than|1 to) " + most + " .*");
            assertThat(field.refusal(most)).as(field.name()).doesNotContain("longer than", " characters");
        }
    }

    /** The maximal lengths of fields, by script and name. */
    private static Map<String, Set<Integer>> longest() {
        Pattern field = Pattern.compile("name=\"(\\w+)\"[^>]*?maxlength=\"(\\d+)\"");
        Map<String, Set<Integer>> longest = new TreeMap<>();
        scripts()
                .forEach((name, text) -> field.matcher(text)
                        .results()
                        .forEach(found -> longest.computeIfAbsent(name + " " + found.group(1), n -> new TreeSet<>())
                                .add(Integer.valueOf(found.group(2)))));
        return longest;
    }

    @Test
    void rolesAndScopesAreThoseOfTheAccounts() {
        assertThat(list("strings.js", "Object.keys(it.t.account.roles)"))
                .containsExactly(Arrays.stream(AccountStore.Role.values())
                        .map(ServerListsTest::lower)
                        .toArray(String[]::new));
        assertThat(list("ui/secrets.js", "it.SCOPES"))
                .containsExactly(Arrays.stream(AccountStore.Scope.values())
                        .map(ServerListsTest::lower)
                        .toArray(String[]::new));
    }

    @Test
    void devicesHaveNamesAndWhatIsNoneIsCalledLikeInReports() {
        assertThat(names("breakdown?dimension=device")).containsExactlyInAnyOrderElementsOf(AGENTS.keySet());
        assertThat(list("strings.js", "Object.keys(it.t.device)")).containsAll(AGENTS.keySet());
        assertThat(names("breakdown?dimension=utm_term")).isEqualTo(list("strings.js", "[it.t.none]"));
    }

    private List<String> names(String report) {
        List<?> rows = (List<?>) answer(reports + report + "&period=today", 200).get("rows");
        return rows.stream()
                .map(row -> String.valueOf(((Map<?, ?>) row).get("name")))
                .toList();
    }

    @Test
    void theMetricsThatHealthShowsApartAreThere() {
        String metrics = (String)
                shared.browser().driver.executeAsyncScript("fetch('/metrics').then(r => r.text()).then(arguments[0])");
        assertThat(list("pages/health.js", "it.KNOWN"))
                .allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "[ {]"));
        assertThat(list("pages/health.js", "[it.WELL]")).containsExactly(lower(Health.State.RUNNING));
    }

    @Test
    void passwordsAreAsLongAsTheServerAsks() {
        String scripts = script("");
        assertThat(Pattern.compile("minlength=\"(\\d+)\"")
                        .matcher(scripts)
                        .results()
                        .map(m -> m.group(1)))
                .hasSizeGreaterThan(3)
                .containsOnly(String.valueOf(Passwords.SHORTEST));
        assertThat(list("strings.js", "[it.t.setup.passwordHint]").get(0)).contains(String.valueOf(Passwords.SHORTEST));
    }

    /** The modules that are called so. */
    private static String script(String name) {
        return scripts().entrySet().stream()
                .filter(e -> e.getKey().contains(name))
                .map(Map.Entry::getValue)
                .reduce("", String::concat);
    }

    /** The modules as they are written, by name. */
    private static Map<String, String> scripts() {
        Map<String, String> scripts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                scripts.put(SCRIPTS.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scripts;
    }
}
