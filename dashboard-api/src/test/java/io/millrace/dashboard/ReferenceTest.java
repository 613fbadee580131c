package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.History.Converted;
import io.millrace.dashboard.History.Sent;
import io.millrace.dashboard.Reference.Where;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.Goal;
import io.millrace.engine.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories, zones, periods and filters: every report says what the plain calculation says. */
@Tag("random")
class ReferenceTest extends ApiFixture {
    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu");
    /** Around the days on which Europe, America and Lord Howe move their clocks. */
    private static final List<String> ENDS = List.of(
            "2026-03-30T09:20:30Z",
            "2026-03-09T15:45:00Z",
            "2026-04-05T20:10:00Z",
            "2026-10-25T22:59:59Z",
            "2026-11-01T23:30:00Z");

    private static final List<String> PERIODS =
            List.of("30m", "24h", "today", "yesterday", "7d", "30d", "90d", "12m", "month", "year", "all", "custom");

    private static final int FUNNELS = 6;
    private static final int PAST_DAYS = 35;
    private static final int LONG_PAST_DAYS = 420;

    private Reference reference;
    private History history;
    private ReferenceReports expected;
    private String seed;
    private int views;
    private final List<ReferenceHistories.Funnel> funnels = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithEveryReport(long number) {
        Random random = new Random(number);
        seed = "seed " + number;
        int days = number % 2 == 0 ? PAST_DAYS : LONG_PAST_DAYS;
        live(random, days);
        for (String period : PERIODS) {
            List<Where> filters = filters(random);
            LocalDate first = LocalDate.ofInstant(now.get(), site.zone()).minusDays(random.nextInt(days));
            LocalDate last = first.plusDays(random.nextInt(random.nextBoolean() ? 4 : days));
            reference.where(filters);
            Calendar calendar = calendar(period, first, last);
            expected = new ReferenceReports(reference, calendar);
            compare(calendar.query() + query(filters), random, calendar.query());
            partsSumUp(calendar.query() + query(filters));
            query(calendar, filters, random);
            reference.where(List.of());
            withoutFilters(calendar(period, first, last));
        }
    }

    /** What a period is with the filters of now; the days are those of {@code custom}. */
    private Calendar calendar(String period, LocalDate first, LocalDate last) {
        long at = now.get().toEpochMilli();
        return switch (period) {
            case "custom" -> Calendar.days(first, last, site.zone(), at);
            case "all" -> Calendar.all(reference.firstMonth(site.zone()), site.zone(), at);
            default -> Calendar.of(period, site.zone(), at);
        };
    }

    /** Lives a random history through, and pays. */
    private void live(Random random, int days) {
        ZoneId zone = ZoneId.of(History.any(random, ZONES));
        engine.updateSite(site.withZone(zone)).join();
        site = engine.sites().byId(site.id());
        affiliate("bob", 0.1, 2);
        affiliate("eve", 0.25, 60);
        engine.saveGoal(new Goal(0, site.id(), "Docs", "/docs/*", null, Map.of(), 0, 0))
                .join();
        engine.saveGoal(new Goal(0, site.id(), "Signup", null, "signup", Map.of(), 0, 0))
                .join();
        String filter = "page=/docs/*&page=/&country=DE&country=I*";
        assertThat(admin.send(
                                "POST",
                                "/api/sites/" + site.id() + "/segments",
                                "{\"name\":\"Docs or home from some\",\"type\":\"site\",\"filter\":\"" + filter + "\"}")
                        .status())
                .isEqualTo(201);
        defineFunnels(random);
        Instant end = Instant.parse(History.any(random, ENDS));
        long from = end.minus(Duration.ofDays(days)).toEpochMilli();
        history = History.random(random, from, end.toEpochMilli(), 220);
        history.sent().forEach(this::send);
        now.set(end);
        history.converted().forEach(this::record);
        ReferenceConversions.paid(end.toEpochMilli()).forEach(this::record);
        reference = new Reference(
                history,
                Map.of(
                        "bob",
                        Duration.ofDays(2).toMillis(),
                        "eve",
                        Duration.ofDays(60).toMillis()));
        seed += " in " + zone + " until " + end;
    }

    private void defineFunnels(Random random) {
        for (int i = 0; i < FUNNELS; i++) {
            funnels.add(ReferenceHistories.Funnel.random(random));
            Client.Answer added = admin.send(
                    "POST",
                    "/api/sites/" + site.id() + "/funnels",
                    funnels.get(i).json("F" + i));
            assertThat(added.status()).as(added.text()).isEqualTo(201);
        }
    }

    private void send(Sent s) {
        now.set(Instant.ofEpochMilli(s.time()));
        BeaconBuilder beacon = s.event() == null ? Beacon.pageview(site.id()) : Beacon.event(site.id(), s.event());
        String id = s.measured() ? "view" + views++ : null;
        put(beacon.id(id)
                .url("https://example.com" + s.path())
                .visitorId(s.visitor())
                .sessionId(s.session())
                .campaign(new Campaign(s.source(), null, null, null, null))
                .place(new Place(s.country(), null, null))
                .screenWidth(s.width())
                .screenHeight(800)
                .ref(s.ref()));
        if (id != null) {
            put(Beacon.of(site.id(), Beacon.Type.ENGAGEMENT)
                    .visitorId(s.visitor())
                    .sessionId(s.session())
                    .view(id)
                    .engagedMillis(s.read())
                    .scroll(s.scroll()));
        }
    }

    private void record(Converted c) {
        String visitor = c.visitor() == null ? "" : ",\"visitor_id\":\"" + c.visitor() + "\"";
        Client.Answer answer = convert("""
                {"external_id":"%s","amount":%d,"currency":"%s","occurred_at":"%s","status":"%s"%s}""".formatted(
                        c.id(),
                        c.amount(),
                        c.currency(),
                        Instant.ofEpochMilli(c.time()),
                        c.refunded() ? "refunded" : "completed",
                        visitor));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        if (c.back() > 0) {
            Instant at = Instant.ofEpochMilli(c.backAt(now.get().toEpochMilli()));
            refund("""
                    {"external_id":"%s back","conversion":"%s","amount":%d,"occurred_at":"%s"}""".formatted(c.id(), c.id(), c.back(), at));
        }
        assertThat(answer.at("affiliate"))
                .as(seed + " " + c)
                .isEqualTo(new Reference(
                                history,
                                Map.of(
                                        "bob", Duration.ofDays(2).toMillis(),
                                        "eve", Duration.ofDays(60).toMillis()))
                        .credited(c));
    }

    private void record(ReferenceConversions.Paid paid) {
        int id = engine.sites().affiliate(site.id(), paid.slug()).id();
        Client.Answer answer =
                admin.send("POST", "/api/sites/" + site.id() + "/affiliates/" + id + "/payouts", """
                {"reference":"%d","amount":%d,"currency":"%s","paid_at":"%s"}""".formatted(
                                paid.time(), paid.amount(), paid.currency(), Instant.ofEpochMilli(paid.time())));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    /** Whatever the filters: it is of money. */
    private void statement(String slug, int id, String period) {
        if (!period.contains("24h") && !period.contains("30m")) { // which have no first day
            String asked = "affiliates/" + id + "/statement?" + period;
            same(asked, "months", ok(asked).at("months"), expected.conversions.statement(slug));
        }
    }

    private static List<Where> filters(Random random) {
        List<Where> filters = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            return filters;
        }
        List<Where> all = List.of(
                new Where("source", List.of("news", "Direct")),
                new Where("source", List.of("!ads")),
                new Where("country", List.of("DE")),
                new Where("country", List.of("(none)", "I*")),
                new Where("page", List.of("/docs/*")),
                new Where("page", List.of("/*", "!/blog", "!/pri*ing")),
                new Where("entry_page", List.of("!/")),
                new Where("exit_page", List.of("/", "/blog")),
                new Where("device", List.of("mobile")),
                new Where("event", List.of("signup")),
                new Where("goal", List.of("Docs")),
                new Where("goal", List.of("!Signup")),
                new Where("goal", List.of("Docs", "Signup")),
                new Where("segment", List.of("Docs or home from some")));
        Where one = History.any(random, all);
        Where two = History.any(random, all);
        filters.add(one);
        if (random.nextBoolean() && !two.parameter().equals(one.parameter())) {
            filters.add(two);
        }
        return filters;
    }

    private static String query(List<Where> filters) {
        StringBuilder query = new StringBuilder();
        for (Where w : filters) {
            w.values()
                    .forEach(v ->
                            query.append('&').append(w.parameter()).append('=').append(encoded(v)));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void compare(String query, Random random, String period) {
        Client.Answer overview = ok("overview?" + query);
        expected.overview().forEach((name, value) -> same("overview?" + query, name, overview.at(name), value));
        Client.Answer affiliates = ok("affiliates?" + query);
        expected.conversions
                .affiliates()
                .forEach((name, value) -> same("affiliates?" + query, name, affiliates.at(name), value));
        for (String slug : History.AFFILIATES) {
            int id = engine.sites().affiliate(site.id(), slug).id();
            Client.Answer one = ok("affiliates/" + id + "?" + query);
            expected.conversions
                    .affiliate(slug)
                    .forEach((name, value) -> same("affiliate " + slug + " " + query, name, one.at(name), value));
            statement(slug, id, period);
        }
        String list = query.replace("&page=", "&path=");
        Client.Answer conversions = ok("conversions?limit=100&" + list);
        same("conversions?" + list, "ids", ids(conversions), expected.conversions.ids());
        flows(query, false, null);
        flows(query, random.nextBoolean(), random.nextBoolean() ? "signup" : null);
        String interval = random.nextBoolean() ? "week" : "month";
        Client.Answer by = ok("overview?interval=" + interval + "&" + query);
        same("by " + interval + " " + query, "timeSeries", by.at("timeSeries"), expected.series(interval));
        attribution(query);
        goals(query, History.any(random, List.of("country", "source", "page", "exit_page")));
        histories(query, random);
        Client.Answer rows = ok("breakdown?dimension=country&" + query);
        same("breakdown?" + query, "rows", rows.at("rows"), expected.breakdown("country", "visitors", false));
        for (String column : sortable("name")) {
            sorted(query, column, random);
        }
    }

    private void histories(String query, Random random) {
        for (int i = 0; i < FUNNELS; i++) {
            String dimension = History.any(random, List.of("country", "source", "page", "entry_page", "device"));
            String asked = "funnel?funnel=F" + i + "&dimension=" + dimension + "&" + query;
            Client.Answer answer = ok(asked);
            String what = funnels.get(i) + " " + asked;
            same(what, "steps", steps(answer), expected.histories.steps(funnels.get(i)));
            same(what, "rows", answer.at("rows"), expected.histories.rows(funnels.get(i), dimension));
        }
        for (String unit : List.of("day", "week", "month")) {
            String asked = "retention?unit=" + unit + "&" + query;
            if (expected.histories.tooMany(unit)) {
                assertThat(reader.get(path(asked)).status()).as(asked).isEqualTo(400);
            } else {
                Client.Answer answer = ok(asked);
                expected.histories.retention(unit).forEach((name, value) -> same(asked, name, answer.at(name), value));
            }
        }
    }

    private static List<Object> steps(Client.Answer funnel) {
        List<Object> rows = new ArrayList<>();
        for (Object row : (List<?>) funnel.at("steps")) {
            Map<?, ?> step = (Map<?, ?>) row;
            rows.add(Arrays.asList(
                    step.get("visitors"),
                    step.get("rate"),
                    step.get("dropOff"),
                    step.get("dropOffRate"),
                    step.get("averageSeconds"),
                    step.get("medianSeconds")));
        }
        return rows;
    }

    private static List<String> sortable(String... more) {
        return Stream.concat(ReferenceReports.EXACT.keySet().stream(), Stream.of(more))
                .sorted()
                .toList();
    }

    /** The table of pages by a column, as a whole and by pages of two rows. */
    private void sorted(String query, String column, Random random) {
        boolean ascending = random.nextBoolean();
        String asked = "breakdown?dimension=page&sort=" + column + (ascending ? ":asc&" : ":desc&") + query;
        List<Object> wanted = expected.breakdown("page", column, ascending);
        same(asked, "rows", ok(asked).at("rows"), wanted);
        int from = random.nextInt(4);
        String some = asked + "&limit=2&offset=" + from;
        same(
                some,
                "rows",
                ok(some).at("rows"),
                wanted.subList(Math.min(from, wanted.size()), Math.min(from + 2, wanted.size())));
    }

    private void attribution(String query) {
        for (String attribution : List.of("first", "last", "linear")) {
            for (String dimension : List.of("source", "affiliate")) {
                String asked = "attribution?attribution=" + attribution + "&dimension=" + dimension + "&" + query;
                Client.Answer answer = ok(asked);
                same(asked, "rows", answer.at("rows"), expected.conversions.attribution(attribution, dimension));
                for (Object row : (List<?>) answer.at("revenues")) {
                    Map<?, ?> revenue = (Map<?, ?>) row;
                    long sum = ((List<?>) answer.at("rows"))
                            .stream()
                                    .map(r -> (Map<?, ?>) r)
                                    .filter(r -> revenue.get("currency").equals(r.get("currency")))
                                    .mapToLong(r -> ((Number) r.get("revenue")).longValue())
                                    .sum();
                    assertThat(sum).as(seed + ": " + asked).isEqualTo(revenue.get("revenue"));
                }
            }
        }
    }

    private void flows(String query, boolean backward, String event) {
        String asked = "flow?" + (backward ? "direction=backward&" : "")
                + (event == null ? "" : "rootEvent=" + event + "&") + query;
        Client.Answer flow = ok(asked);
        expected.flow(4, 3, backward, event).forEach((name, value) -> same(asked, name, flow.at(name), value));
    }

    private void goals(String query, String dimension) {
        Client.Answer goals = ok("goals?" + query);
        for (Object row : (List<?>) goals.at("goals")) {
            Map<?, ?> goal = (Map<?, ?>) row;
            String name = (String) goal.get("name");
            same(
                    "goals?" + query,
                    name,
                    List.of(goal.get("visitors"), goal.get("completions"), goal.get("rate")),
                    expected.goal(name));
            String asked = "goal?id=" + goal.get("id") + "&dimension=" + dimension + "&" + query;
            same(asked, name, ok(asked).at("rows"), expected.goalBy(name, dimension));
        }
    }

    /** What is counted once belongs to one bucket and one value, so the parts of a whole come to it. */
    private void partsSumUp(String query) {
        Client.Answer overview = ok("overview?" + query);
        for (String interval : List.of("day", "week", "month")) {
            Client.Answer by = ok("overview?interval=" + interval + "&" + query);
            for (String metric : List.of("sessions", "pageViews")) {
                String column = metric.equals("pageViews") ? "page_views" : metric;
                sum(query + " by " + interval, by, "timeSeries", column, overview.at("current." + metric));
            }
        }
        for (String dimension : List.of("source", "channel", "country", "device", "entry_page", "exit_page")) {
            Client.Answer rows = ok("breakdown?dimension=" + dimension + "&" + query);
            sum(query + " " + dimension, rows, "rows", "sessions", overview.at("current.sessions"));
        }
        Client.Answer pages = ok("breakdown?dimension=page&" + query);
        sum(query + " page", pages, "rows", "page_views", overview.at("current.pageViews"));
        for (String column : List.of("conversions", "revenue")) {
            Object whole = overview.at("conversions.totals." + column);
            sum(query, overview, "conversions.bySource", column, whole);
            sum(query, overview, "conversions.timeSeries", column, whole);
        }
        Client.Answer affiliates = ok("affiliates?" + query);
        for (String column : List.of("visits", "conversions", "revenue")) {
            sum(query, affiliates, "affiliates", column, affiliates.at("totals." + column));
        }
        sum(query, affiliates, "timeSeries", "visits", affiliates.at("totals.visits"));
    }

    private void sum(String what, Client.Answer answer, String table, String column, Object whole) {
        long sum = ((List<?>) answer.at(table))
                .stream()
                        .mapToLong(row -> ((Number) ((Map<?, ?>) row).get(column)).longValue())
                        .sum();
        assertThat(sum).as(seed + ": " + what + ": " + table + "." + column).isEqualTo(whole);
    }

    private static List<Object> ids(Client.Answer conversions) {
        List<Object> ids = new ArrayList<>();
        ((List<?>) conversions.at("conversions")).forEach(c -> ids.add(((Map<?, ?>) c).get("external_id")));
        return ids;
    }

    /** The one that asks in its own words. */
    private void query(Calendar calendar, List<Where> filters, Random random) {
        String column = History.any(random, sortable());
        boolean ascending = random.nextBoolean();
        StringBuilder json = new StringBuilder();
        filters.forEach(w -> json.append(json.isEmpty() ? "" : ",")
                .append('"' + w.parameter() + "\":[\"" + String.join("\",\"", w.values()) + "\"]"));
        Client.Answer query = reader.send("POST", "/api/query", """
                {"site_id":%d,"metrics":["visitors","sessions","page_views","events","bounce_rate","avg_duration",
                  "time_on_page","scroll_depth"],
                 "dimensions":["source","device"],"sort":"%s",%s,"filters":{%s}}""".formatted(
                        site.id(), column + (ascending ? ":asc" : ":desc"), calendar.json(), json));
        same("query " + calendar.json() + json, "rows", query.at("rows"), expected.query(column, ascending));
    }

    /** Those that take no filters. */
    private void withoutFilters(Calendar calendar) {
        ReferenceReports all = new ReferenceReports(reference, calendar);
        Client.Answer line = reader.get("/api/overview?" + calendar.query());
        same("all sites " + calendar.query(), "line", line.at("sites.0"), all.line(site));
        for (String visitor : List.of("v0", "v3", "v8")) {
            Client.Answer journey = reader.get(path("visitor-journey?visitorId=" + visitor));
            if (!reference.visitsOf(visitor).isEmpty()) {
                same("journey", visitor, ReferenceReports.journey(journey), all.journey(visitor));
            }
        }
    }

    private Client.Answer ok(String report) {
        Client.Answer answer = reader.get(path(report));
        assertThat(answer.status()).as(report + ": " + answer.text()).isEqualTo(200);
        return answer;
    }

    private void same(String what, String name, Object actual, Object wanted) {
        assertThat(plain(actual)).as(seed + ": " + what + ": " + name).isEqualTo(plain(wanted));
    }

    /** Text without regard to the types of numbers and the order of fields. */
    private static String plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put((String) k, plain(v)));
            return sorted.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ReferenceTest::plain).toList().toString().replace("}, {", "},\n{");
        }
        if (value instanceof Number n) {
            return new java.math.BigDecimal(n.toString()).stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }
}
