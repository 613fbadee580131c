package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static io.millrace.http.ServerFixture.get;
import static io.millrace.http.ServerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.ApiRequest;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, the dashboard route and the pixel. */
@Timeout(60)
class RoutesTest {
    private static final byte[] SCRIPT = "s".repeat(5000).getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LARGE = new byte[300_000];

    private final StubApi api = new StubApi();
    private final ServerFixture server = new ServerFixture(
            HttpSettings.DEFAULT,
            api,
            null,
            StaticFiles.builder()
                    .add("/t.js", "t.js", SCRIPT, StaticFiles.Kind.SCRIPT)
                    .add("/large.txt", "large.txt", LARGE, StaticFiles.Kind.IMMUTABLE)
                    .add("/t.abc.js", "t.js", SCRIPT, StaticFiles.Kind.IMMUTABLE_SCRIPT)
                    .add(
                            "/",
                            "index.html",
                            "<!doctype html>".getBytes(StandardCharsets.US_ASCII),
                            StaticFiles.Kind.PAGE)
                    .addPrefix(
                            "/share/", "share.html", "<p>".getBytes(StandardCharsets.US_ASCII), StaticFiles.Kind.PAGE)
                    .build());

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    @Test
    void servesTheScriptToAnyPage() {
        RawClient.Answer answer = server.ask(get("/t.js"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(SCRIPT);
        assertThat(answer.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("cross-origin");
        assertThat(answer.header("vary")).isEqualTo("Accept-Encoding");
        RawClient.Answer same = server.ask(get("/t.js", "If-None-Match: " + answer.header("etag")));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("cross-origin-resource-policy")).isEqualTo("cross-origin");
        assertThat(same.header("etag")).isEqualTo(answer.header("etag"));
        assertThat(same.header("content-length")).isNull();
        assertThat(server.ask(get("/t.abc.js")).header("cache-control")).contains("immutable");
    }

    @Test
    void compressesTextForWhoTakesIt() {
        RawClient.Answer packed = server.ask(get("/t.js", "Accept-Encoding: br, gzip"));
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.bytes().length).isLessThan(200);
        assertThat(server.ask(get("/t.js", "Accept-Encoding: br, gzip;q=0")).header("content-encoding"))
                .isNull();
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        RawClient client = server.client();
        for (String path : List.of("/t.js", "/", "/nothing", "/api/analytics/1/overview")) {
            RawClient.Answer answer =
                    client.send("HEAD " + path + " HTTP/1.1\r\nHost: t\r\n\r\n").read(true);
            assertThat(answer.header("content-length")).isNotEqualTo("0").isNotNull();
        }
    }

    @Test
    void keepsPagesSafe() {
        RawClient.Answer page = server.ask(get("/"));
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe")
                .endsWith("frame-ancestors 'none'");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(server.ask(post("/", "x")).status()).isEqualTo(405);
    }

    @Test
    void letsThePagesOfLinksBeFramedAndNoOther() {
        for (String path : List.of("/share/token", "/share/token/flow", "/share/token?embed")) {
            assertThat(server.ask(get(path)).header("content-security-policy"))
                    .as(path)
                    .endsWith("frame-ancestors *");
        }
        for (String path : List.of("/share/", "/share/none", "/share//token", "/share%2Ftoken", "/share/%74oken")) {
            assertThat(server.ask(get(path)).header("content-security-policy"))
                    .as(path)
                    .endsWith("frame-ancestors 'none'");
        }
    }

    @Test
    void filesCannotBeEscaped() {
        for (String path : List.of("/../etc/passwd", "/t.js/", "/./t.js", "/%2e%2e/x", "//t.js", "/t.js%00", "/T.JS")) {
            assertThat(server.ask(get(path)).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void carriesRequestsToTheApi() throws InterruptedException {
        RawClient.Answer answer =
                server.ask(get("/api/analytics/1/over%76iew?page=%2Fa&page=b&x=%C3%A4", "X-Api: 1", "x-api: 2"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("x-split")).isEqualTo("a  b: c");
        ApiRequest asked = api.asked.poll(10, TimeUnit.SECONDS);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.path()).isEqualTo("/api/analytics/1/overview");
        assertThat(asked.params().get("page")).containsExactly("/a", "b");
        assertThat(asked.params().get("x")).containsExactly("ä");
        assertThat(asked.header("x-api")).isEqualTo("1");
        assertThat(asked.address()).isEqualTo("127.0.0.1");
        assertThat(asked.behindTrusted()).as("loopback is trusted").isTrue();
        assertThat(server.ask(get("/api/x?a=%zz")).status()).isEqualTo(400);
    }

    @Test
    void carriesBodiesAndMethodsToTheApi() throws InterruptedException {
        server.ask(post("/api/query", "{\"a\":1}"));
        ApiRequest asked = api.asked.poll(10, TimeUnit.SECONDS);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(new String(asked.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    }

    @Test
    void servesTheCompressedBody() {
        RawClient.Answer packed = server.ask(get("/api/x", "Accept-Encoding: gzip"));
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.body()).isEqualTo("packed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v1\"              | 304",
                "W/\"v1\"            | 304",
                "\"v0\", W/\"v1\"    | 304",
                "*                  | 304",
                "\"v1                | 200",
                "\"v11\"             | 200",
                "\"v0\"              | 200",
            })
    void answers304ToWhoeverHasTheAnswer(String known, int status) {
        RawClient.Answer answer = server.ask(get("/api/x", "If-None-Match: " + known));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("etag")).isEqualTo("\"v1\"");
        assertThat(answer.body()).isEqualTo(status == 304 ? "" : "{}");
    }

    @Test
    void asksTheApiForTheHeadersOfAHeadAsForAGet() throws InterruptedException {
        RawClient client = server.client().send(get("/api/x").replace("GET", "HEAD"));
        assertThat(client.read(true).header("etag")).isEqualTo("\"v1\"");
        assertThat(api.asked.poll(10, TimeUnit.SECONDS).method()).isEqualTo("GET");
    }

    @Test
    void keepsTheOrderWhenTheApiAnswersLater() {
        RawClient client = server.client().send(get("/api/later") + get("/nothing"));
        server.ask(get("/nothing"));
        api.later.complete(StubApi.json(503, "late"));
        assertThat(client.read().body()).isEqualTo("late");
        assertThat(client.read().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/analytics/1/live", "/api/shared/token/live"})
    void streamsEventsUntilTheClientLeaves(String path) throws Exception {
        RawClient client = server.client().send(get(path, "Authorization: Bearer k"));
        var send = api.streams.poll(10, TimeUnit.SECONDS);
        send.accept("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
        RawClient.Answer head = client.read();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/event-stream");
        assertThat(head.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(head.header("content-length")).isNull();
        assertThat(client.line()).isEqualTo("data: 1");
        assertThat(client.line()).isEmpty();
        client.close();
        Await.until(api.streamClosed::get);
    }

    @Test
    void cutsOffAReaderOfAStreamWhoDoesNotRead() throws Exception {
        server.client().send(get("/api/analytics/1/live", "Authorization: Bearer k"));
        var send = api.streams.poll(10, TimeUnit.SECONDS);
        byte[] event = new byte[32 << 10];
        Await.until(() -> {
            send.accept(event);
            return api.streamClosed.get();
        });
    }

    @Test
    void refusesAStreamWithAnOrdinaryAnswer() {
        RawClient client = server.client();
        assertThat(client.send(get("/api/analytics/1/live")).read().status()).isEqualTo(401);
        assertThat(client.send(get("/nothing")).read().status()).isEqualTo(404);
    }

    @Test
    void aClientThatPipelinesAndReadsLateGetsEverythingInOrder() {
        RawClient client = server.client().send((get("/large.txt") + get("/t.js")).repeat(64));
        server.ask(get("/nothing"));
        for (int i = 0; i < 64; i++) {
            assertThat(client.read().bytes()).isEqualTo(LARGE);
            assertThat(client.read().bytes()).isEqualTo(SCRIPT);
        }
    }

    @Test
    void whoAsksForLittleNeedNotWaitForWhoAsksForMuch() {
        int much = 2_000;
        RawClient greedy = server.client().send(get("/api/slow").repeat(much));
        Await.until(() -> !api.asked.isEmpty());
        assertThat(server.ask(get("/api/other")).status()).isEqualTo(200);
        assertThat(api.asked.stream().map(ApiRequest::path).toList().indexOf("/api/other"))
                .isLessThan(much / 8);
        for (int i = 0; i < much; i++) {
            assertThat(greedy.read().status()).isEqualTo(200);
        }
    }

    @Test
    void thePixelCountsAPageView() throws IOException {
        RawClient.Answer answer =
                server.ask(get("/p.gif?site_id=1&u=https%3A%2F%2Fexample.com%2Fp&r=https://r.example/"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("image/gif");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("x-millrace-ack")).isEqualTo("committed");
        assertThat(javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(answer.bytes()))
                        .getWidth())
                .isEqualTo(1);
        Beacon beacon = server.engine.taken().get(0);
        assertThat(beacon.url()).isEqualTo("https://example.com/p");
        assertThat(beacon.referrer()).isEqualTo("https://r.example/");
    }

    @Test
    void thePixelTakesItsPageFromTheRefererHeader() {
        assertThat(server.ask(get("/p.gif?site=example.com", "Referer: https://example.com/q"))
                        .status())
                .isEqualTo(200);
        assertThat(server.engine.taken().get(0).url()).isEqualTo("https://example.com/q");
    }

    @Test
    void thePixelSaysWhatIsWrong() {
        assertThat(server.ask(get("/p.gif?site_id=1")).status()).isEqualTo(400);
        assertThat(server.ask(get("/p.gif?u=https://e/")).body()).contains("site_id");
        assertThat(server.ask(get("/p.gif?site_id=x&u=https://e/")).body()).contains("site_id");
        assertThat(server.ask(get("/p.gif?site_id=9&u=https://e/")).status()).isEqualTo(404);
        assertThat(server.ask(get("/p.gif?site_id=%zz")).status()).isEqualTo(400);
        assertThat(server.ask(post("/p.gif?site_id=1", "x")).status()).isEqualTo(405);
        assertThat(server.engine.counters().total(Counter.RECEIVED)).isEqualTo(6);
    }

    @Test
    void collectWorksBesideAnApiOfTheSamePrefix() {
        assertThat(server.ask(collect("{'site_id':1,'url':'https://e/'}")).status())
                .isEqualTo(202);
        assertThat(api.asked).isEmpty();
    }

    @Test
    void aWrongEscapeDoesNotCostThePageView() {
        assertThat(server.ask(get("/p.gif?site_id=1&u=https://e/&t=100%")).status())
                .isEqualTo(200);
        assertThat(server.engine.taken().get(server.engine.taken().size() - 1).title())
                .isEqualTo("100%");
    }

    @Test
    void askingForAnImagesHeadCountsNothing() {
        for (String path : new String[] {"/p.gif?site_id=1&u=https://example.com/", "/count?site=example.com&p=/"}) {
            RawClient.Answer answer = server.client()
                    .send("HEAD " + path + " HTTP/1.1\r\nHost: t\r\n\r\n")
                    .read(true);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("image/gif");
        }
        assertThat(server.engine.taken()).isEmpty();
        assertThat(server.engine.counters().total(io.millrace.engine.Counter.RECEIVED))
                .isZero();
    }
}
