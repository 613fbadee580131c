package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls every operation of the document and holds each request and answer against it. */
class OpenApiTest extends ApiFixture {
    private static final String PASSWORD = "\"password\":\"a long password\"";
    private final Set<String> called = new TreeSet<>();
    private OpenApiDocument document;
    private Client caller;
    private Object user;
    private Object affiliate;
    private Object goal;
    private Object funnel;
    private Object segment;
    private Object annotation;

    @BeforeEach
    void readDocument() {
        document = new OpenApiDocument(new Client(api).get("/api/openapi.json").tree());
        caller = admin;
    }

    private Client.Answer call(String method, String target, String body) throws MalformedJson {
        String operation = document.operation(method, target.split("\\?")[0]);
        called.add(operation);
        document.checkParameters(operation, caller.request(method, target, body).params());
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            document.checkRequest(operation, Json.object(bytes, 64));
        }
        Client.Answer answer = caller.send(method, target, body);
        document.checkAnswer(operation, answer);
        assertThat(answer.status()).as(operation + ": " + answer.text()).isLessThan(300);
        return answer;
    }

    private Client.Answer get(String target) throws MalformedJson {
        return call("GET", target, "");
    }

    @Test
    void isTrueOfEveryOperation() throws MalformedJson {
        users();
        sites();
        traffic();
        reports();
        links();
        removals();
        Set<String> streams = Set.of("GET /api/analytics/{siteId}/live", "GET /api/shared/{token}/live");
        Set<String> rest = document.operations();
        rest.removeAll(called);
        assertThat(rest).isEqualTo(streams);
    }

    private void users() throws MalformedJson {
        caller = new Client(api).with("content-type", "application/json").with("sec-fetch-site", "same-origin");
        get("/api/session");
        Client.Answer in = call(
                "POST",
                "/api/setup",
                "{\"token\":\"" + api.setupToken() + "\",\"email\":\"ann@example.com\"," + PASSWORD + "}");
        caller = caller.with("cookie", in.header("Set-Cookie").split(";")[0]);
        get("/api/session");
        in = call("POST", "/api/password", "{\"old\":\"a long password\",\"new\":\"another password\"}");
        caller = caller.with("cookie", in.header("Set-Cookie").split(";")[0]);
        call("POST", "/api/logout", "{\"everywhere\":true}");
        in = call("POST", "/api/login", "{\"email\":\"ann@example.com\",\"password\":\"another password\"}");
        caller = caller.with("cookie", in.header("Set-Cookie").split(";")[0]);
    }

    private void sites() throws MalformedJson {
        Client.Answer added = call("POST", "/api/sites", "{\"domain\":\"new.example\",\"public_live\":true}");
        get("/api/sites/" + added.at("id"));
        call("PUT", "/api/sites/" + site.id(), "{\"public_live\":true,\"umami_id\":null}");
        get("/api/sites");
        String affiliates = "/api/sites/" + site.id() + "/affiliates";
        affiliate = call("POST", affiliates, "{\"slug\":\"bob\",\"rate\":0.3}").at("id");
        call("PUT", affiliates + "/" + affiliate, "{\"name\":\"Bob\",\"window_days\":10}");
        get(affiliates);
        String goals = "/api/sites/" + site.id() + "/goals";
        goal = call("POST", goals, "{\"name\":\"Pro\",\"event\":\"Signup\",\"props\":{\"plan\":\"pro\"}}")
                .at("id");
        call("PUT", goals + "/" + goal, "{\"page\":\"/\"}");
        get(goals);
        String funnels = "/api/sites/" + site.id() + "/funnels";
        String steps =
                "\"steps\":[{\"page\":\"/\"},{\"event\":\"Signup\",\"props\":{\"plan\":\"*\"}},{\"goal\":\"Pro\"}]";
        funnel = call("POST", funnels, "{\"name\":\"Way\",\"days\":7,\"strict\":true," + steps + "}")
                .at("id");
        call("PUT", funnels + "/" + funnel, "{\"strict\":false}");
        get(funnels);
        String segments = "/api/sites/" + site.id() + "/segments";
        segment = call("POST", segments, "{\"name\":\"Home\",\"filter\":\"page=/\",\"type\":\"site\"}")
                .at("id");
        call("PUT", segments + "/" + segment, "{\"name\":\"Start\"}");
        get(segments);
        call(
                "POST",
                "/api/sites/" + site.id() + "/paths/preview",
                "{\"lower_case\":true,\"path_patterns\":[\"/a/*\"]}");
        String exclusions = "/api/sites/" + site.id() + "/exclusions";
        Object rule = call("POST", exclusions, "{\"kind\":\"query\",\"pattern\":\"internal\",\"trial\":true}")
                .at("id");
        call("POST", exclusions + "/" + rule + "/start", "");
        get(exclusions);
        get(exclusions + "/try?kind=path&pattern=/admin/*");
        call("DELETE", exclusions + "/" + rule + "?restore=true", "");
        get("/api/sites/" + site.id() + "/filtered");
        get("/api/sites/" + site.id() + "/arrivals");
        get("/api/analytics/" + site.id() + "/agents");
        call("POST", "/api/sites/" + site.id() + "/filtered", "{\"reason\":\"prefetch\"}");
        String annotations = "/api/sites/" + site.id() + "/annotations";
        annotation = call("POST", annotations, "{\"text\":\"Launch\"}").at("id");
        call("PUT", annotations + "/" + annotation, "{\"time\":\"2026-03-01T12:00:00Z\"}");
        get(annotations);
        get(annotations + "?period=all&format=csv");
        call("POST", "/api/sites/" + site.id() + "/keys", "{\"scope\":\"read\"}");
        get("/api/sites/" + site.id() + "/keys");
        call("POST", "/api/keys", "{\"scope\":\"admin\",\"name\":\"all\"}");
        get("/api/keys");
        user = call(
                        "POST",
                        "/api/users",
                        "{\"email\":\"ed@example.com\",\"roles\":{\"1\":\"viewer\"}," + PASSWORD + "}")
                .at("id");
        call("PUT", "/api/users/" + user, "{\"name\":\"Ed\"}");
        get("/api/users");
        get("/api/sessions");
        get("/api/users/" + user + "/sessions");
        call("DELETE", "/api/users/" + user + "/sessions", "");
        Client.Answer invited = call("POST", "/api/invitations", "{\"roles\":{\"all\":\"viewer\"}}");
        get("/api/invitations");
        String token = ((String) invited.at("path")).substring("/setup#".length());
        call("POST", "/api/join", "{\"token\":\"" + token + "\",\"email\":\"jo@example.com\"," + PASSWORD + "}");
        Object open = call("POST", "/api/invitations", "{\"roles\":{\"all\":\"viewer\"}}")
                .at("id");
        call("DELETE", "/api/invitations/" + open, "");
        call("POST", "/api/factor", "{\"password\":\"another password\"}");
        called.add("POST /api/factor/confirm"); // PeopleTest gives codes
        call("POST", "/api/factor/remove", "{\"password\":\"another password\"}");
        called.add("DELETE /api/sessions/{sessionId}"); // and ends sessions
        get("/api/audit?limit=5");
        get("/api/storage");
        get("/api/health");
        String subscriptions = "/api/sites/" + site.id() + "/subscriptions";
        String mail = "{\"channel\":\"mail\",\"target\":\"ann@example.com\",\"topics\":[\"weekly\"]}";
        Object mailed = call("POST", subscriptions, mail).at("id");
        get(subscriptions);
        call("POST", subscriptions + "/" + mailed + "/test", "");
        call("DELETE", subscriptions + "/" + mailed, "");
        get("/api/sites/" + site.id() + "/mails/weekly");
        String hook = "{\"channel\":\"slack\",\"target\":\"https://example.com/\",\"topics\":[\"server\"]}";
        Object hooked = call("POST", "/api/subscriptions", hook).at("id");
        get("/api/subscriptions");
        call("POST", "/api/subscriptions/" + hooked + "/test", "");
        call("DELETE", "/api/subscriptions/" + hooked, "");
        called.add("GET /api/unsubscribe/{subscriptionId}/{token}"); // SubscriptionsTest has tokens
        called.add("POST /api/unsubscribe/{subscriptionId}/{token}");
        get("/api/jobs");
        call("POST", "/api/jobs/backup", "");
        get("/api/sites/" + site.id() + "/audit");
    }

    private void traffic() throws MalformedJson {
        put(page("a", "/?ref=bob")
                .campaign(new Campaign("news", "email", "spring", "t", "c"))
                .title("Home"));
        pass(Duration.ofSeconds(20));
        put(page("a", "/docs"));
        put(page("b", "/"));
        put(Beacon.event(site.id(), "Signup")
                .visitorId("b")
                .url("https://example.com/")
                .props(Map.of("plan", "pro")));
        caller = ingest;
        call("POST", "/api/conversions", conversion("p1", "a"));
        call("POST", "/api/conversions", conversion("p2", "nobody"));
        assertThat(call("POST", "/api/conversions", conversion("p2", "nobody")).status())
                .isEqualTo(200);
        String refund = "{\"external_id\":\"r1\",\"conversion\":\"p2\",\"amount\":200}";
        assertThat(call("POST", "/api/refunds", refund).status()).isEqualTo(201);
        assertThat(call("POST", "/api/refunds", refund).status()).isEqualTo(200);
        caller = reader;
    }

    private static String conversion(String id, String visitor) {
        return "{\"external_id\":\"" + id + "\",\"amount\":500,\"currency\":\"EUR\",\"visitor_id\":\"" + visitor
                + "\"}";
    }

    private void reports() throws MalformedJson {
        for (String period : new String[] {"24h", "7d", "12m", "all"}) {
            get(path("overview?period=" + period));
        }
        get(path("overview?period=7d&compare=year"));
        get(path("overview?period=all&compare=previous"));
        get(path("breakdown?dimension=page"));
        get(path("breakdown?dimension=city&sort=sessions&limit=5&country=DE&country=FR&format=csv"));
        get(path("properties"));
        get(path("properties?key=plan&limit=1"));
        get(path("realtime"));
        get(path("affiliates?period=7d"));
        get(path("affiliates/" + affiliate));
        get(path("affiliates/" + affiliate + "/statement?period=12m"));
        get(path("affiliates/" + affiliate + "/statement?format=csv"));
        get(path("flow?rootEvent=Signup&direction=backward"));
        get(path("goals?goal=Pro&segment=Start"));
        get(path("goal?dimension=prop.plan&id=" + goal));
        get(path("funnel?funnel=Way&dimension=source"));
        get(path("funnel?format=csv&table=rows&dimension=page&limit=1&funnel=" + funnel));
        get(path("retention?unit=day&period=7d"));
        get(path("retention?period=all&format=csv"));
        get(path("conversions"));
        get(path("conversions?page=2&limit=1&status=all&path=/&format=csv&table=conversions"));
        get(path("attribution?attribution=linear&dimension=utm_campaign&limit=1"));
        get(path("attribution?dimension=affiliate&period=7d&format=csv"));
        get(path("visitor-journey?visitorId=a"));
        get(path("visitor-journey?visitorId=b"));
        get(path("flow"));
        get(path("flow?root=/nowhere"));
        get("/api/overview");
        call(
                "POST",
                "/api/query",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"dimensions\":[\"day\",\"prop.plan\"],"
                        + "\"filters\":{\"prop.plan\":\"pro\"}}");
        caller = new Client(api).with("content-type", "application/json");
        get("/api/public/example.com/live?path=/");
        get("/api/public/example.com/popular");
        get("/api/me?site=1&visitor_id=a");
        get("/api/me?site=1&visitor_id=nobody");
        get("/api/doctor/client");
        get("/api/openapi.json");
        get("/healthz");
        get("/readyz");
        caller = admin;
        get("/metrics");
        get("/api/doctor/client");
    }

    private void links() throws MalformedJson {
        String links = "/api/sites/" + site.id() + "/links";
        Client.Answer all = call("POST", links, "{\"name\":\"all\"," + PASSWORD + "}");
        Object token = all.at("token");
        Object open = call("POST", links, "{\"affiliate_id\":" + affiliate + ",\"filter\":\"country=DE\"}")
                .at("token");
        get(links);
        caller = new Client(api).with("content-type", "application/json");
        get("/api/shared/" + token);
        get("/api/shared/" + open);
        get("/api/shared/" + open + "/affiliate");
        call("POST", "/api/shared/" + token + "/unlock", "{" + PASSWORD + "}");
        caller = admin;
        call("DELETE", links + "/" + all.at("id"), "");
    }

    private void removals() throws MalformedJson {
        String own = "/api/sites/" + site.id();
        String payouts = own + "/affiliates/" + affiliate + "/payouts";
        String paid = "{\"reference\":\"bank 1\",\"amount\":5,\"currency\":\"EUR\"}";
        Object payout = call("POST", payouts, paid).at("id");
        assertThat(call("POST", payouts, paid).status()).isEqualTo(200);
        get(payouts);
        call("DELETE", payouts + "/" + payout, "");
        call("DELETE", own + "/affiliates/" + affiliate, "");
        call("DELETE", own + "/funnels/" + funnel, "");
        call("DELETE", own + "/goals/" + goal, "");
        call("DELETE", own + "/segments/" + segment, "");
        call("DELETE", own + "/annotations/" + annotation, "");
        call("DELETE", own + "/keys/" + get(own + "/keys").at("keys.0.id"), "");
        call("DELETE", "/api/users/" + user, "");
        call("DELETE", own, "");
        call("DELETE", "/api/keys/" + get("/api/keys").at("keys.1.id"), "");
    }

    @Test
    void describesErrors() {
        Client.Answer answer = reader.get(path("overview?period=x"));
        document.checkAnswer("GET /api/analytics/{siteId}/overview", answer);
        document.checkAnswer("GET /api/sites", new Client(api).get("/api/sites"));
    }

    @Test
    void saysWhenAnAnswerHasNotChanged() {
        Client.Answer first = reader.get(path("overview"));
        assertThat(first.header("ETag")).isNotNull();
        ApiResponse unchanged = new ApiResponse(304, first.response().headers(), new byte[0], null);
        document.checkAnswer("GET /api/analytics/{siteId}/overview", new Client.Answer(unchanged));
    }

    @Test
    void describesTheFieldsOfABeaconAsTheyAreRead() {
        assertThat(document.fields("Beacon")).containsExactlyElementsOf(BeaconReader.fields());
        assertThat(document.fields("Taken")).containsExactly("accepted", "rejected", "cleaned");
        assertThat(document.fields("CleanedField")).containsExactly("index", "field", "reason");
        assertThat(document.of("POST /api/collect", "requestBody").toString()).contains("array");
        assertThat(document.of("POST /api/event", "requestBody").toString()).doesNotContain("array");
    }

    @Test
    void saysOfEveryOperationWhoMayCallIt() {
        for (String operation : document.all()) {
            boolean open = document.of(operation, "x-access").equals("nothing");
            assertThat((List<?>) document.of(operation, "security"))
                    .as(operation)
                    .hasSize(open ? 0 : 2);
        }
    }

    /** Methods that are generated from the document take one object of filters, not one parameter for each. */
    @Test
    void givesNoOperationMoreParametersThanAPersonCanRead() {
        for (String operation : document.all()) {
            assertThat((List<?>) document.of(operation, "parameters"))
                    .as(operation)
                    .hasSizeLessThanOrEqualTo(16);
        }
    }
}
