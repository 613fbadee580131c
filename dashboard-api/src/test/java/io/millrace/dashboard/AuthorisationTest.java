package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.internal.report.ReportKind;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.util.ArrayList;
import java.util.Arrays;
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
        return Site.of(domain).withPublicLive(true);
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
            "affiliates/{affiliateId}/statement",
            "conversions",
            "attribution",
            "visitor-journey",
            "goals",
            "goal",
            "funnel",
            "retention",
            "flow",
            "live"
        }) {
            row("GET /api/analytics/{siteId}/" + report, READ);
        }
        row("GET /api/overview", KNOWN);
        row("POST /api/query", READ);
        row("POST /api/conversions", "IDK");
        row("POST /api/refunds", "IDK");
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
        row("POST /api/join", ALL);
        row("GET /api/sessions", "VEWGS");
        row("DELETE /api/sessions/{sessionId}", "VEWGS");
        row("POST /api/factor", "VEWGS");
        row("POST /api/factor/confirm", "VEWGS");
        row("POST /api/factor/remove", "VEWGS");
        row("GET /api/sites", KNOWN);
        row("POST /api/sites", ROOT);
        row("GET /api/sites/{siteId}", READ);
        row("PUT /api/sites/{siteId}", EDIT);
        row("GET /api/sites/{siteId}/affiliates", READ);
        row("POST /api/sites/{siteId}/affiliates", EDIT);
        row("PUT /api/sites/{siteId}/affiliates/{affiliateId}", EDIT);
        row("DELETE /api/sites/{siteId}/affiliates/{affiliateId}", EDIT);
        row("GET /api/sites/{siteId}/affiliates/{affiliateId}/payouts", READ);
        row("POST /api/sites/{siteId}/affiliates/{affiliateId}/payouts", EDIT);
        row("DELETE /api/sites/{siteId}/affiliates/{affiliateId}/payouts/{payoutId}", EDIT);
        row("GET /api/sites/{siteId}/goals", READ);
        row("POST /api/sites/{siteId}/goals", EDIT);
        row("PUT /api/sites/{siteId}/goals/{goalId}", EDIT);
        row("DELETE /api/sites/{siteId}/goals/{goalId}", EDIT);
        row("GET /api/sites/{siteId}/funnels", READ);
        row("POST /api/sites/{siteId}/funnels", EDIT);
        row("PUT /api/sites/{siteId}/funnels/{funnelId}", EDIT);
        row("DELETE /api/sites/{siteId}/funnels/{funnelId}", EDIT);
        row("GET /api/sites/{siteId}/segments", READ);
        // Of their own; those of the site are for editors alone (SegmentsTest).
        row("POST /api/sites/{siteId}/segments", READ);
        row("PUT /api/sites/{siteId}/segments/{segmentId}", READ);
        row("DELETE /api/sites/{siteId}/segments/{segmentId}", READ);
        row("GET /api/analytics/{siteId}/agents", READ);
        row("GET /api/sites/{siteId}/arrivals", READ);
        row("POST /api/sites/{siteId}/paths/preview", EDIT);
        row("GET /api/sites/{siteId}/exclusions", EDIT);
        row("GET /api/sites/{siteId}/exclusions/try", EDIT);
        row("POST /api/sites/{siteId}/exclusions", EDIT);
        row("POST /api/sites/{siteId}/exclusions/{exclusionId}/start", EDIT);
        row("DELETE /api/sites/{siteId}/exclusions/{exclusionId}", EDIT);
        row("GET /api/sites/{siteId}/filtered", READ);
        row("POST /api/sites/{siteId}/filtered", EDIT);
        row("GET /api/sites/{siteId}/annotations", READ);
        row("POST /api/sites/{siteId}/annotations", EDIT);
        row("PUT /api/sites/{siteId}/annotations/{annotationId}", EDIT);
        row("DELETE /api/sites/{siteId}/annotations/{annotationId}", EDIT);
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
        row("GET /api/users/{userId}/sessions", ROOT);
        row("DELETE /api/users/{userId}/sessions", ROOT);
        row("GET /api/invitations", ROOT);
        row("POST /api/invitations", ROOT);
        row("DELETE /api/invitations/{invitationId}", ROOT);
        row("GET /api/audit", ROOT);
        row("GET /api/storage", ROOT);
        row("GET /api/health", ROOT);
        row("GET /api/subscriptions", ROOT);
        row("POST /api/subscriptions", ROOT);
        row("DELETE /api/subscriptions/{subscriptionId}", ROOT);
        row("POST /api/subscriptions/{subscriptionId}/test", ROOT);
        row("GET /api/sites/{siteId}/subscriptions", OWN);
        row("POST /api/sites/{siteId}/subscriptions", OWN);
        row("DELETE /api/sites/{siteId}/subscriptions/{subscriptionId}", OWN);
        row("POST /api/sites/{siteId}/subscriptions/{subscriptionId}/test", OWN);
        row("GET /api/sites/{siteId}/mails/{topic}", READ);
        row("GET /api/unsubscribe/{subscriptionId}/{token}", ALL);
        row("POST /api/unsubscribe/{subscriptionId}/{token}", ALL);
        row("GET /api/jobs", ROOT);
        row("POST /api/jobs/{job}", ROOT);
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
        assertThat(api.operations()).as("a row for every operation").containsExactlyInAnyOrderElementsOf(rows.keySet());
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

    /** An operation's path, for the site and for things that are not there. */
    private String target(String operation) {
        return operation
                .split(" ")[1]
                .replace("{siteId}", Integer.toString(site.id()))
                .replace("{site}", "other.example")
                .replaceAll("\\{(token|report)}", "nothing")
                .replaceAll("\\{\\w+}", "999999");
    }

    /** Bodies are empty or wrong on purpose: whoever is let through is told so, and nothing changes. */
    private Set<Character> answered(String operation, Set<Character> asked) {
        String[] methodPath = operation.split(" ");
        String target = target(operation);
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
        try (Api.Stream stream = caller.open(target, bytes -> {})) {
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

    /** What a browser says of the page that makes it send a request: as headers, names and values in turn. */
    private static final List<List<String>> FOREIGN = List.of(
            List.of("sec-fetch-site", "cross-site", "origin", "https://evil.example"),
            List.of("sec-fetch-site", "same-site", "origin", "https://evil.stats.example"),
            List.of("sec-fetch-site", "cross-site", "origin", "null"),
            List.of("sec-fetch-site", "none", "origin", ""),
            List.of("sec-fetch-site", "", "origin", "https://evil.example"),
            List.of("sec-fetch-site", "", "origin", "null"),
            List.of("sec-fetch-site", "", "origin", ""));

    private static Client from(Client caller, List<String> headers) {
        Client from = caller.with("host", "stats.example");
        for (int i = 0; i < headers.size(); i += 2) {
            from = from.with(headers.get(i), headers.get(i + 1).isEmpty() ? null : headers.get(i + 1));
        }
        return from;
    }

    @Test
    void changesNothingForAPageOfAnotherSite() {
        for (String operation : api.operations()) {
            String method = operation.split(" ")[0];
            for (char caller : "VEWGS".toCharArray()) {
                for (List<String> headers : method.equals("GET") ? List.<List<String>>of() : FOREIGN) {
                    Client.Answer answer = from(callers.get(caller), headers).send(method, target(operation), "{}");
                    assertThat(answer.status())
                            .as("%s by %s from %s", operation, caller, headers)
                            .isEqualTo(403);
                    assertThat(answer.at("error.code")).isEqualTo("cross_site");
                }
            }
        }
        assertThat(engine.sites().byId(site.id())).isNotNull();
    }

    @Test
    void letsNoPageOfAnotherSiteReadWhatIsNotForEverybody() {
        for (String operation : api.operations()) {
            for (char caller : callers.keySet()) {
                for (List<String> headers : operation.startsWith("GET") ? FOREIGN : List.<List<String>>of()) {
                    ApiResponse answer = from(callers.get(caller), headers)
                            .get(target(operation))
                            .response();
                    assertThat(answer.headers().get("Access-Control-Allow-Origin"))
                            .as("%s by %s from %s", operation, caller, headers)
                            .isEqualTo(operation.startsWith("GET /api/public/") && answer.status() < 400 ? "*" : null);
                }
            }
        }
    }

    /** A link: the path that its operations have, and the cookie that opens it. */
    private record Link(String path, String cookie) {}

    private final Map<String, Link> links = new LinkedHashMap<>();

    private void addLinks() {
        affiliate("bob", 0.1, 60);
        engine.saveGoal(new Goal(0, site.id(), "Docs", "/docs", null, Map.of(), 0, 0))
                .join();
        Funnel.Step docs = new Funnel.Step("/docs", null, Map.of(), 0);
        engine.saveFunnel(new Funnel(0, site.id(), "Docs", List.of(docs, docs), false, 0))
                .join();
        view("a", "/docs");
        String password = "\"password\":\"let me in please\"";
        links.put("all", new Link(link("{}"), null));
        links.put("filtered", new Link(link("{\"filter\":\"page=/docs\"}"), null));
        links.put("of a segment", new Link(link("{\"segment_id\":" + segment() + "}"), null));
        links.put("affiliate", new Link(link("{\"affiliate_id\":1}"), null));
        links.put("affiliate, filtered", new Link(link("{\"affiliate_id\":1,\"filter\":\"page=/docs\"}"), null));
        links.put("locked", new Link(link("{" + password + "}"), null));
        links.put("locked, filtered", new Link(link("{\"filter\":\"page=/docs\"," + password + "}"), null));
        for (String kind : List.of("locked", "locked, filtered")) {
            String token = links.get(kind).path();
            Client.Answer in = new Client(api)
                    .with("content-type", "application/json")
                    .send("POST", "/api/shared/" + token + "/unlock", "{" + password + "}");
            assertThat(in.status()).isEqualTo(204);
            links.put(kind.replace("locked", "unlocked"), new Link(token, in.cookies()));
        }
        links.put(
                "locked, by the cookie of another",
                new Link(link("{" + password + "}"), links.get("unlocked").cookie()));
        links.put("none", new Link("nothing", null));
    }

    /** Each report that there is, and what a link is asked for beside them. */
    private static List<String> shown() {
        List<String> names = new ArrayList<>(
                Arrays.stream(ReportKind.values()).map(ReportKind::label).toList());
        names.add("live");
        return names;
    }

    private static final String SITE =
            "overview breakdown properties affiliates conversions goals goal funnel retention flow";

    private static String allowedBy(String kind) {
        return switch (kind) {
            case "all", "unlocked" -> SITE + " attribution realtime visitor-journey live";
            case "filtered", "of a segment", "unlocked, filtered" -> SITE;
            case "affiliate" -> "affiliate statement";
            case "affiliate, filtered" -> "affiliate";
            default -> "";
        };
    }

    /** Whoever else somebody is, a link shows what it is for: its token decides, with its password. */
    @Test
    void opensByALinkWhatItIsForAndNothingElse() {
        addLinks();
        for (Map.Entry<String, Link> link : links.entrySet()) {
            Set<String> allowed =
                    new TreeSet<>(Arrays.asList(allowedBy(link.getKey()).split(" ")));
            allowed.remove("");
            for (char caller : "AROVG".toCharArray()) {
                assertThat(opened(callers.get(caller), link.getValue()))
                        .as("%s with the link %s", caller, link.getKey())
                        .isEqualTo(allowed);
            }
        }
    }

    /** Wherever the page is from that makes a browser ask. */
    @Test
    void opensByALinkTheSameForEveryOrigin() {
        addLinks();
        for (Map.Entry<String, Link> link : links.entrySet()) {
            Set<String> allowed =
                    new TreeSet<>(Arrays.asList(allowedBy(link.getKey()).split(" ")));
            allowed.remove("");
            for (List<String> headers : FOREIGN) {
                assertThat(opened(from(callers.get('A'), headers), link.getValue()))
                        .as("the link %s from %s", link.getKey(), headers)
                        .isEqualTo(allowed);
            }
        }
    }

    /** What browsers send without a session, too: no page of another site logs somebody in or opens a link for him. */
    @Test
    void logsInAndUnlocksForNoPageOfAnotherSite() {
        addLinks();
        List<String> targets = new ArrayList<>(List.of("/api/login", "/api/setup"));
        links.values().forEach(link -> targets.add("/api/shared/" + link.path() + "/unlock"));
        for (String target : targets) {
            for (List<String> headers : FOREIGN) {
                Client.Answer answer = from(callers.get('A'), headers)
                        .send("POST", target, "{\"password\":\"let me in please\",\"email\":\"a@example.com\"}");
                boolean foreign = headers.contains("cross-site")
                        || headers.contains("same-site")
                        || headers.get(3).contains("evil");
                if (foreign) {
                    assertThat(answer.status())
                            .as("%s from %s", target, headers)
                            .isEqualTo(403);
                    assertThat(answer.cookies())
                            .as("%s from %s", target, headers)
                            .isEmpty();
                }
            }
        }
    }

    private Set<String> opened(Client caller, Link link) {
        String cookie = caller.header("cookie");
        Client by = link.cookie() == null
                ? caller
                : caller.with("cookie", cookie == null ? link.cookie() : cookie + "; " + link.cookie());
        Set<String> opened = new TreeSet<>();
        for (String name : shown()) {
            String target = "/api/shared/" + link.path() + "/" + name;
            String query = switch (name) {
                case "breakdown" -> "?dimension=page";
                case "visitor-journey" -> "?visitorId=a";
                case "goal" -> "?id=1";
                case "funnel" -> "?funnel=1";
                default -> "";
            };
            Client.Answer answer = name.equals("live") ? stream(by, target) : by.get(target + query);
            assertThat(answer.status()).as(target).isIn(200, 401, 404);
            assertThat(answer.response().headers().get("Access-Control-Allow-Origin"))
                    .as(target)
                    .isNull();
            Client.Answer csv = by.get(target + (query.isEmpty() ? "?" : query + "&") + "format=csv");
            assertThat(csv.status()).as("%s as CSV", target).isIn(answer.status(), 400, 406);
            if (answer.status() == 200) {
                opened.add(name);
            }
        }
        return opened;
    }

    @Test
    void takesNoTokenOfALinkForAKeyOrASession() {
        addLinks();
        for (Link link : links.values()) {
            assertThat(new Client(api).key(link.path()).get(path("overview")).status())
                    .isEqualTo(401);
            for (String cookie : List.of("millrace_session=", "millrace_link=", "millrace_device=")) {
                assertThat(new Client(api)
                                .with("cookie", cookie + link.path())
                                .get("/api/sites")
                                .status())
                        .isEqualTo(401);
            }
        }
    }

    private Object segment() {
        String docs = "{\"name\":\"Docs\",\"filter\":\"page=/docs\",\"type\":\"site\"}";
        return admin.send("POST", "/api/sites/" + site.id() + "/segments", docs).at("id");
    }

    private String link(String body) {
        return (String)
                admin.send("POST", "/api/sites/" + site.id() + "/links", body).at("token");
    }
}
