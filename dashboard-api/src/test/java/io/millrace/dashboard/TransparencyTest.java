package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Place;
import io.millrace.engine.spi.Enrichment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransparencyTest extends ApiFixture {
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Client visitor() {
        return new Client(api).with("user-agent", AGENT);
    }

    @Test
    void tellsAVisitorByHisIdWhatIsHeldOfHim() {
        view("a", "/mine");
        view("b", "/others");
        Client.Answer answer = visitor().get("/api/me?site=" + site.id() + "&visitor_id=a");
        assertThat(answer.at("visitor.totalPageViews")).isEqualTo(1L);
        assertThat(answer.at("sessions.0.pageViews.0.pathname")).isEqualTo("/mine");
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private Client.Answer fromPageOf(String origin, String fetchSite) {
        return visitor()
                .with("host", "stats.example.net")
                .with("origin", origin)
                .with("sec-fetch-site", fetchSite)
                .get("/api/me?site=" + site.id() + "&visitor_id=a");
    }

    @Test
    void tellsAPageOfTheSiteAndNoOther() {
        engine.updateSite(site.withHostnames(Set.of("shop.example.org"))).join();
        view("a", "/mine");
        for (String own : List.of("https://example.com", "https://www.example.com", "https://shop.example.org:8443")) {
            Client.Answer answer = fromPageOf(own, "cross-site");
            assertThat(answer.status()).as(own).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(own);
            assertThat(answer.header("Vary")).isEqualTo("Origin");
        }
        for (String foreign : List.of(
                "https://evil.example",
                "https://example.com.evil.example",
                "https://evil.example.com",
                "null",
                "://")) {
            for (String fetchSite : new String[] {"cross-site", "same-site", null}) {
                Client.Answer answer = fromPageOf(foreign, fetchSite);
                assertThat(answer.status()).as(foreign).isEqualTo(403);
                assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            }
        }
    }

    @Test
    void tellsWhoOpensTheAddressInATab() {
        Client.Answer typed = fromPageOf(null, "none");
        assertThat(typed.status()).isEqualTo(200);
        Client linked = visitor().with("sec-fetch-site", "cross-site").with("sec-fetch-mode", "navigate");
        String me = "/api/me?site=" + site.id();
        assertThat(linked.with("sec-fetch-dest", "document").get(me).status()).isEqualTo(200);
        assertThat(linked.with("sec-fetch-dest", "iframe").get(me).status()).isEqualTo(403);
        assertThat(fromPageOf(null, "cross-site").status())
                .as("an image, a script")
                .isEqualTo(403);
        assertThat(typed.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void readsTheStorageOnceForAVisitorWhoAsksAgain() {
        view("a", "/mine");
        Client.Answer first = visitor().get("/api/me?site=" + site.id() + "&visitor_id=a");
        Client.Answer second = visitor().get("/api/me?site=" + site.id() + "&visitor_id=a");
        assertThat(second.response().body()).isSameAs(first.response().body());
    }

    @Test
    void tellsAVisitorByHisAddressAndAgent() {
        engine.updateSite(site.withCookieless(true)).join();
        put(Beacon.pageview(site.id())
                .url("https://example.com/mine")
                .visitorId("dropped")
                .address("192.0.2.1")
                .userAgent(AGENT));
        put(Beacon.pageview(site.id())
                .url("https://example.com/others")
                .address("192.0.2.2")
                .userAgent(AGENT));
        String me = "/api/me?site=" + site.id();
        assertThat(visitor().get(me).at("sessions.0.pageViews.0.pathname")).isEqualTo("/mine");
        assertThat(visitor().get(me).at("visitor.totalPageViews")).isEqualTo(1L);
        assertThat(visitor().with("user-agent", "another").get(me).at("visitor"))
                .isNull();
        assertThat(visitor().get(me + "&visitor_id=dropped").at("visitor.totalPageViews"))
                .as("a cookieless site keeps no ids")
                .isEqualTo(1L);
    }

    @Test
    void knowsNobodyYesterday() {
        engine.updateSite(site.withCookieless(true)).join();
        put(Beacon.pageview(site.id())
                .url("https://example.com/mine")
                .address("192.0.2.1")
                .userAgent(AGENT));
        pass(Duration.ofDays(1));
        assertThat(visitor().get("/api/me?site=" + site.id()).at("visitor")).isNull();
    }

    @Test
    void answersThirtyTimesAMinute() {
        for (int i = 0; i < 30; i++) {
            assertThat(visitor().get("/api/me?site=1").status()).isEqualTo(200);
        }
        assertThat(visitor().get("/api/me?site=1").status()).isEqualTo(429);
    }

    @Test
    void showsWhereATrustedProxySaysThatAClientIs() {
        ApiRequest request = new ApiRequest(
                "GET",
                "/api/doctor/client",
                Map.of(),
                Map.of(),
                "192.0.2.1",
                new byte[0],
                true,
                new Place("DE", "BY", "Bonn"));
        Client.Answer answer = new Client.Answer(Client.ask(api, request).join());
        assertThat(answer.at("behind_trusted_proxy")).isEqualTo(true);
        assertThat(answer.at("country")).isEqualTo("DE");
        assertThat(answer.at("region")).isEqualTo("BY");
        assertThat(answer.at("city")).isEqualTo("Bonn");
    }

    @Test
    void showsTheDeviceAndWhereADatabaseSaysThatAnAddressIs() {
        Enrichment places = new Enrichment() {
            @Override
            public void enrich(Beacon beacon, EventBuilder event) {}

            @Override
            public Place place(String address) {
                return address.equals("192.0.2.1") ? new Place("FR", null, "Lyon") : Place.UNKNOWN;
            }
        };
        try (Engine placed = Engine.builder(new MemoryStorage())
                        .enrichment((beacon, event) -> {})
                        .enrichment(places)
                        .start();
                DashboardApi doctor =
                        new DashboardApi(placed, new ApiKeys(placed.storage().accounts()), DashboardSettings.DEFAULT)) {
            Client.Answer answer = new Client(doctor)
                    .with("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148")
                    .get("/api/doctor/client");
            assertThat(answer.at("country")).isEqualTo("FR");
            assertThat(answer.at("city")).isEqualTo("Lyon");
            assertThat(answer.at("device")).isEqualTo("mobile");
        }
    }

    @Test
    void showsWhatAProxyMakesOfAClient() {
        Client.Answer answer = visitor().with("x-forwarded-for", "198.51.100.1").get("/api/doctor/client");
        assertThat(answer.at("address")).isEqualTo("192.0.2.1");
        assertThat(answer.at("forwarding_headers.0")).isEqualTo("x-forwarded-for");
        assertThat(answer.at("behind_trusted_proxy")).isEqualTo(false);
        assertThat(answer.at("country")).isNull();
        assertThat(answer.tree().containsKey("warnings")).isFalse();
        assertThat(admin.get("/api/doctor/client").tree().containsKey("warnings"))
                .isTrue();
    }
}
