package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may call what. Each row names the callers that an operation answers: {@code A} anonymous, keys {@code R}ead,
 * {@code I}ngest, a{@code D}min of the site, {@code K} admin of all, {@code O} read of another site; sessions {@code V}
 * viewer, {@code E}ditor, {@code W} owner of the site, {@code G} owner of all, {@code S} owner of another site;
 * {@code L} who holds a shared link, {@code F} an affiliate's link.
 */
class AuthorisationTest extends ApiFixture {
    private static final String ALL = "ARIDKOVEWGSLF";
    private static final String KNOWN = "RIDKOVEWGS";
    private static final String READ = "RDKVEWG";
    private static final String EDIT = "DKEWG";
    private static final String OWN = "DKWG";
    private static final String ROOT = "KG";
    private final Map<String, String> rows = new TreeMap<>();
    private final Map<Character, Client> callers = new LinkedHashMap<>();
    private Site other;

    @BeforeEach
    void addCallers() {
        other = engine.addSite(shown("other.example")).join();
        key("site-admin", Scope.ADMIN, site.id());
        key("other-reader", Scope.READ, other.id());
        keys.reload();
        Client anybody = new Client(api).with("content-type", "application/json");
        for (char caller : new char[] {'A', 'L', 'F'}) {
            callers.put(caller, anybody);
        }
        callers.put('R', reader);
        callers.put('I', ingest);
        callers.put('D', anybody.key("site-admin"));
        callers.put('K', admin);
        callers.put('O', anybody.key("other-reader"));
        callers.put('V', user("viewer", site.id(), Role.VIEWER));
        callers.put('E', user("editor", site.id(), Role.EDITOR));
        callers.put('W', user("owner", site.id(), Role.OWNER));
        callers.put('G', user("root", 0, Role.OWNER));
        callers.put('S', user("stranger", other.id(), Role.OWNER));
        api.reload();
    }

    private static Site shown(String domain) {
        return new Site(0, domain, null, ZoneOffset.UTC, false, Set.of(), Set.of(), true, null, null);
    }

    private Client user(String name, int siteId, Role role) {
        long at = now.get().toEpochMilli();
        AccountStore accounts = storage.accounts();
        return engine.execute(w -> {
                    User user = accounts.saveUser(
                            new User(0, name + "@example.com", name, "none", Map.of(siteId, role), at));
                    accounts.addSession(new Session(Secrets.hash(name), user.id(), at, at + 1_000_000));
                    return new Client(api)
                            .with("content-type", "application/json")
                            .with("sec-fetch-site", "same-origin")
                            .with("cookie", "theme=dark; millrace_session=" + name);
                })
                .join();
    }

    private void row(String operation, String allowed) {
        rows.put(operation, allowed);
    }

    private void table() {
        for (String report : new String[] {
            "overview",
            "breakdown",
            "properties",
            "realtime",
            "affiliates",
            "affiliates/{affiliateId}",
            "conversions",
            "visitor-journey",
            "flow",
            "live"
        }) {
            row("GET /api/analytics/{siteId}/" + report, READ);
        }
        row("GET /api/overview", KNOWN);
        row("POST /api/query", READ);
        row("POST /api/conversions", "IDK");
        for (String open : new String[] {
            "GET /healthz",
            "GET /readyz",
            "GET /api/openapi.json",
            "GET /api/me",
            "GET /api/doctor/client",
            "GET /api/public/{site}/live",
            "GET /api/public/{site}/popular",
            "GET /api/session",
            "POST /api/login",
            "POST /api/logout"
        }) {
            row(open, ALL);
        }
        row("GET /metrics", ROOT);
        // Anybody may try; the one-time token decides.
        row("POST /api/setup", ALL);
        row("POST /api/password", "VEWGS");
        row("GET /api/sites", KNOWN);
        row("POST /api/sites", ROOT);
        row("GET /api/sites/{siteId}", READ);
        row("PUT /api/sites/{siteId}", EDIT);
        row("GET /api/sites/{siteId}/affiliates", READ);
        row("POST /api/sites/{siteId}/affiliates", EDIT);
        row("PUT /api/sites/{siteId}/affiliates/{affiliateId}", EDIT);
        row("DELETE /api/sites/{siteId}/affiliates/{affiliateId}", EDIT);
        row("GET /api/sites/{siteId}/keys", EDIT);
        row("POST /api/sites/{siteId}/keys", EDIT);
        row("DELETE /api/sites/{siteId}/keys/{keyId}", EDIT);
        row("GET /api/sites/{siteId}/links", EDIT);
        row("POST /api/sites/{siteId}/links", EDIT);
        row("DELETE /api/sites/{siteId}/links/{linkId}", EDIT);
        row("GET /api/sites/{siteId}/audit", OWN);
        row("GET /api/keys", ROOT);
        row("POST /api/keys", ROOT);
        row("DELETE /api/keys/{keyId}", ROOT);
        row("GET /api/users", ROOT);
        row("POST /api/users", ROOT);
        row("PUT /api/users/{userId}", ROOT);
        row("DELETE /api/users/{userId}", ROOT);
        row("GET /api/audit", ROOT);
        row("GET /api/storage", ROOT);
        // What a link opens is tried with tokens below, and removing a site last of all.
        row("GET /api/shared/{token}", "");
        row("GET /api/shared/{token}/live", "");
        row("GET /api/shared/{token}/{report}", "");
        row("POST /api/shared/{token}/unlock", "");
        row("DELETE /api/sites/{siteId}", OWN);
    }

    @Test
    void answersExactlyTheAllowed() {
        table();
        OpenApiDocument document =
                new OpenApiDocument(admin.get("/api/openapi.json").tree());
        assertThat(rows.keySet()).as("a row for every operation").isEqualTo(document.operations());
        String last = "DELETE /api/sites/{siteId}";
        String expectedOfLast = rows.remove(last);
        rows.forEach((operation, allowed) ->
                assertThat(answered(operation, callers.keySet())).as(operation).isEqualTo(letters(allowed)));
        Set<Character> notAllowed = new TreeSet<>(callers.keySet());
        notAllowed.removeAll(letters(expectedOfLast));
        assertThat(answered(last, notAllowed)).as(last).isEmpty();
        assertThat(engine.sites().byId(site.id())).isNotNull();
        assertThat(callers.get('W')
                        .send("DELETE", "/api/sites/" + site.id(), "")
                        .status())
                .isEqualTo(204);
    }

    private static Set<Character> letters(String callers) {
        Set<Character> letters = new TreeSet<>();
        callers.chars().forEach(c -> letters.add((char) c));
        return letters;
    }

    /** Bodies are empty or wrong on purpose: whoever is let through is told so, and nothing changes. */
    private Set<Character> answered(String operation, Set<Character> asked) {
        String[] methodPath = operation.split(" ");
        String target = methodPath[1]
                .replace("{siteId}", Integer.toString(site.id()))
                .replace("{site}", "other.example")
                .replaceAll("\\{(token|report)}", "nothing")
                .replaceAll("\\{\\w+}", "999999");
        String body =
                methodPath[0].equals("GET") || methodPath[0].equals("DELETE") ? "" : "{\"site_id\":" + site.id() + "}";
        Set<Character> answered = new TreeSet<>();
        for (char caller : asked) {
            Client.Answer answer = target.endsWith("/live") && target.contains("analytics")
                    ? stream(callers.get(caller), target)
                    : callers.get(caller).send(methodPath[0], target, body);
            if (!refused(answer)) {
                answered.add(caller);
            }
        }
        return answered;
    }

    private Client.Answer stream(Client caller, String target) {
        try (Api.Stream stream = api.open(caller.request("GET", target, ""), bytes -> {})) {
            return new Client.Answer(
                    stream.refusal() == null ? new ApiResponse(200, Map.of(), new byte[0], null) : stream.refusal());
        }
    }

    private static boolean refused(Client.Answer answer) {
        if (answer.status() == 404) {
            String message = (String) answer.at("error.message");
            return message.equals("no such site") || message.equals("no such shared link");
        }
        return answer.status() == 401 || answer.status() == 403;
    }

    @Test
    void opensByALinkWhatItIsFor() {
        affiliate("bob", 0.1, 60);
        String all = link("{}");
        String docs = link("{\"filter\":\"page=/docs\"}");
        String bob = link("{\"affiliate_id\":1}");
        assertThat(reports(all))
                .containsExactly(
                        "overview",
                        "breakdown",
                        "properties",
                        "realtime",
                        "affiliates",
                        "conversions",
                        "visitor-journey",
                        "flow");
        assertThat(reports(docs))
                .containsExactly("overview", "breakdown", "properties", "affiliates", "conversions", "flow");
        assertThat(reports(bob)).containsExactly("affiliate");
        for (String token : List.of(all, docs, bob)) {
            assertThat(new Client(api).get("/api/shared/" + token).status()).isEqualTo(200);
            assertThat(new Client(api).key(token).get(path("overview")).status())
                    .isEqualTo(401);
            assertThat(new Client(api)
                            .with("cookie", "millrace_session=" + token)
                            .get("/api/sites")
                            .status())
                    .isEqualTo(401);
        }
    }

    private String link(String body) {
        return (String)
                admin.send("POST", "/api/sites/" + site.id() + "/links", body).at("token");
    }

    private List<String> reports(String token) {
        view("a", "/docs");
        return List.of(
                        "overview",
                        "breakdown?dimension=page",
                        "properties",
                        "realtime",
                        "affiliate",
                        "affiliate-figures",
                        "affiliates",
                        "conversions",
                        "visitor-journey?visitorId=a",
                        "flow",
                        "live")
                .stream()
                .filter(r ->
                        new Client(api).get("/api/shared/" + token + "/" + r).status() == 200)
                .map(r -> r.split("\\?")[0])
                .toList();
    }
}
