package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveTest extends ApiFixture {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private Api.Stream open(Client client) {
        return client.open(path("live"), bytes -> events.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** The next event; streams tick by the real second, so this waits for at most a few. */
    private String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    @Test
    void pushesAtOnceAndOnEveryChange() throws InterruptedException {
        view("a", "/");
        try (Api.Stream stream = open(reader)) {
            assertThat(stream.refusal()).isNull();
            assertThat(next()).startsWith("event: live\ndata: {\"count\":1,").endsWith("\n\n");
            view("b", "/");
            assertThat(next()).contains("\"count\":2,");
        }
    }

    @Test
    void endsWhenTheKeyIsRevoked() throws InterruptedException {
        try (Api.Stream stream = open(reader)) {
            assertThat(stream.refusal()).isNull();
            next();
            int id = keys.find("Bearer reader-key").id();
            admin.send("DELETE", "/api/sites/" + site.id() + "/keys/" + id, "");
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void endsWhenTheSiteIsGone() throws InterruptedException {
        try (Api.Stream stream = open(admin)) {
            assertThat(stream.refusal()).isNull();
            next();
            engine.removeSite(site.id()).join();
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void refusesWhoMayNot() {
        assertThat(open(new Client(api)).refusal().status()).isEqualTo(401);
        assertThat(open(ingest).refusal().status()).isEqualTo(403);
        assertThat(reader.open("/api/analytics/99/live", b -> {}).refusal().status())
                .isEqualTo(404);
        assertThat(reader.get(path("live")).status()).isEqualTo(406);
    }

    private Api.Stream watch(Object token, Client client) {
        return client.open(
                "/api/shared/" + token + "/live", bytes -> events.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Object link(String body, String field) {
        return admin.send("POST", "/api/sites/" + site.id() + "/links", body).at(field);
    }

    @Test
    void showsALinksHolderWhoIsThereUntilTheLinkIsRevoked() throws InterruptedException {
        Client anybody = new Client(api);
        Object token = link("{}", "token");
        try (Api.Stream stream = watch(token, anybody)) {
            assertThat(stream.refusal()).isNull();
            assertThat(next()).startsWith("event: live\ndata: {\"count\":0,");
            view("a", "/");
            assertThat(next()).contains("\"count\":1,");
            Object id = admin.get("/api/sites/" + site.id() + "/links").at("links.0.id");
            admin.send("DELETE", "/api/sites/" + site.id() + "/links/" + id, "");
            assertThat(next()).isEmpty();
        }
        assertThat(watch(token, anybody).refusal().status()).isEqualTo(404);
    }

    @Test
    void showsNothingLiveByALinkForAPartOfTheSite() {
        affiliate("bob", 0.1, 60);
        Client anybody = new Client(api);
        assertThat(watch("none", anybody).refusal().status()).isEqualTo(404);
        assertThat(watch(link("{\"affiliate_id\":1}", "token"), anybody)
                        .refusal()
                        .status())
                .isEqualTo(404);
        assertThat(watch(link("{\"filter\":\"page=/docs\"}", "token"), anybody)
                        .refusal()
                        .status())
                .isEqualTo(404);
        Object locked = link("{\"password\":\"a long password\"}", "token");
        assertThat(watch(locked, anybody).refusal().status()).isEqualTo(401);
        assertThat(anybody.get("/api/shared/" + link("{}", "token") + "/live").status())
                .isEqualTo(406);
    }

    /** A stream of a link, from an address. */
    private Api.Stream watch(Object token, String address) {
        ApiRequest request =
                new ApiRequest("GET", "/api/shared/" + token + "/live", Map.of(), Map.of(), address, new byte[0]);
        return api.find("GET", request.path()).open(request, bytes -> {});
    }

    private static boolean refused(Api.Stream stream) {
        if (stream.refusal() == null) {
            return false;
        }
        assertThat(stream.refusal().status()).isEqualTo(429);
        assertThat(stream.refusal().headers()).containsKey("Retry-After");
        return true;
    }

    @Test
    void givesANetworkFourStreamsOfLinks() {
        List<Object> tokens = List.of(link("{}", "token"), link("{}", "token"));
        List<Api.Stream> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(watch(tokens.get(i % 2), "2001:db8::" + i));
        }
        assertThat(open).noneMatch(LiveTest::refused);
        assertThat(refused(watch(tokens.get(0), "2001:db8::1:2:3:4")))
                .as("the same /64")
                .isTrue();
        assertThat(refused(watch(tokens.get(0), "2001:db8:0:1::1")))
                .as("another /64")
                .isFalse();
        assertThat(refused(watch(tokens.get(0), "192.0.2.1"))).isFalse();
        open.get(0).close();
        open.get(0).close();
        assertThat(refused(watch(tokens.get(0), "2001:db8::5"))).isFalse();
        assertThat(refused(watch(tokens.get(0), "2001:db8::6"))).isTrue();
    }

    @Test
    void givesALinkSixtyFourStreamsAndLinksThreeQuartersOfAll() {
        for (int link = 0; link < 3; link++) {
            Object token = link("{}", "token");
            for (int i = 0; i < 64; i++) {
                assertThat(refused(watch(token, "198.51." + link + "." + i))).isFalse();
            }
            assertThat(refused(watch(token, "203.0.113.1")))
                    .as("one more of a link")
                    .isTrue();
        }
        assertThat(refused(watch(link("{}", "token"), "203.0.113.2")))
                .as("of a fourth link")
                .isTrue();
        for (int i = 0; i < 32; i++) {
            assertThat(refused(open(reader))).as("a user").isFalse();
        }
        assertThat(refused(open(reader))).as("more than one user needs").isTrue();
        assertThat(refused(open(admin))).as("another user").isFalse();
    }
}
