package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static io.millrace.http.ServerFixture.get;
import static io.millrace.http.ServerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CollectContractTest {
    private static final String PAGE = "{'site_id':1,'url':'https://example.com/a','visitor_id':'v'}";

    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    private static void isReadableByScripts(RawClient.Answer answer) {
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.header("access-control-expose-headers"))
                .isEqualTo("Retry-After, X-Millrace-Ack, X-Millrace-Filtered, X-Millrace-Cleaned, X-Plausible-Dropped");
        assertThat(answer.header("date")).isEqualTo("Thu, 20 Nov 2025 00:53:20 GMT");
    }

    @Test
    void answers202AfterTheCommit() {
        RawClient.Answer answer = server.ask(collect(PAGE, "User-Agent: UA"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-millrace-ack")).isEqualTo("committed");
        assertThat(answer.header("content-length")).isEqualTo("0");
        isReadableByScripts(answer);
        Beacon beacon = server.engine.taken().get(0);
        assertThat(beacon.address()).isEqualTo("127.0.0.1");
        assertThat(beacon.userAgent()).isEqualTo("UA");
        assertThat(server.engine.counters().total(Counter.STORED)).isEqualTo(1);
    }

    @Test
    void doesNotAnswerBeforeTheCommit() {
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE)).send(collect("{}"));
        RawClient other = server.client().send(collect("{}"));
        assertThat(other.read().status()).isEqualTo(400);
        settle(1);
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.read().status()).isEqualTo(400);
    }

    private void settle(int expected) {
        int[] settled = {0};
        Await.until(() -> (settled[0] += server.engine.settle()) >= expected);
    }

    @Test
    void takesTextPlainAsBeaconsSendIt() {
        assertThat(server.ask(collect(PAGE, "Content-Type: text/plain;charset=UTF-8"))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{                                                  | 400 | malformed_json |            ",
                "                                                   | 400 | malformed_json |            ",
                "{'site_id':1}                                      | 400 | missing_field  | pathname   ",
                "{'site_id':1,'pathname':null,'hostname':'e'}       | 400 | missing_field  | pathname   ",
                "{'site_id':1,'type':'click'}                       | 400 | invalid_field  | type       ",
                "{'site_id':99,'url':'https://e/'}                  | 404 | unknown_site   | site_id    ",
                "{'site':'nowhere.org','url':'https://e/'}          | 404 | unknown_site   | site_id    ",
                "[]                                                 | 400 | no_valid_member |           ",
            })
    void saysWhatIsWrong(String body, int status, String code, String field) {
        RawClient.Answer answer = server.ask(collect(body == null ? "" : body));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).contains("\"code\":\"" + code + '"');
        if (field != null) {
            assertThat(answer.body()).contains("\"field\":\"" + field + '"');
        }
        isReadableByScripts(answer);
        assertThat(server.engine.taken()).isEmpty();
        assertThat(server.engine.counters().total(Counter.RECEIVED)).isEqualTo(1);
    }

    @Test
    void findsASiteByItsDomain() {
        assertThat(server.ask(collect("{'site':'Other.ORG','url':'https://other.org/'}"))
                        .status())
                .isEqualTo(202);
        assertThat(server.engine.taken().get(0).siteId()).isEqualTo(2);
    }

    @Test
    void answersOtherMethodsWith405AndAllow() {
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "HEAD")) {
            RawClient.Answer answer = server.client()
                    .send(method + " /api/collect HTTP/1.1\r\nHost: t\r\n\r\n")
                    .read(method.equals("HEAD"));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST, OPTIONS");
            isReadableByScripts(answer);
        }
        assertThat(server.engine.counters().total(Counter.REJECTED_TYPE)).isEqualTo(5);
    }

    @Test
    void answersPreflightAndCountsItNot() {
        RawClient.Answer answer = server.ask(
                "OPTIONS /api/collect HTTP/1.1\r\nHost: t\r\n" + "Access-Control-Request-Method: POST\r\n\r\n");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-max-age")).isEqualTo("86400");
        assertThat(answer.header("access-control-allow-methods")).contains("POST");
        assertThat(answer.header("access-control-allow-headers")).contains("Content-Type");
        assertThat(answer.header("content-length")).isNull();
        isReadableByScripts(answer);
        assertThat(server.engine.counters().total(Counter.RECEIVED)).isZero();
    }

    @Test
    void aPageWhoseFetchAddsTracingHeadersMaySend() {
        RawClient.Answer answer = server.ask("OPTIONS /api/collect HTTP/1.1\r\nHost: t\r\nOrigin: https://a.example\r\n"
                + "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: content-type,traceparent,baggage\r\n\r\n");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-headers")).isEqualTo("content-type,traceparent,baggage");
    }

    @Test
    void aScriptThatSendsCredentialsAlongIsAnsweredToo() {
        for (String request : List.of(
                collect(PAGE, "Origin: https://a.example"),
                collect("{", "Origin: https://a.example"),
                "OPTIONS /api/collect HTTP/1.1\r\nHost: t\r\nOrigin: https://a.example\r\n\r\n")) {
            RawClient.Answer answer = server.ask(request);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://a.example");
            assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(answer.header("vary")).isEqualTo("Origin");
        }
        assertThat(server.ask(collect(PAGE, "Origin: null")).header("access-control-allow-origin"))
                .isEqualTo("null");
        assertThat(server.ask(collect(PAGE, "Origin: a, b")).header("access-control-allow-origin"))
                .isEqualTo("*");
    }

    @Test
    void aBodyThatIsJsonIsTakenAsWhateverTypeItIsSent() {
        for (String type : List.of("text/html", "application/x-www-form-urlencoded", "application/octet-stream", "")) {
            RawClient.Answer answer = server.ask(collect(PAGE, "Content-Type: " + type));
            assertThat(answer.status()).isEqualTo(202);
            isReadableByScripts(answer);
        }
        assertThat(server.ask(collect("\u00EF\u00BB\u00BF" + PAGE)).status()).isEqualTo(202);
    }

    @Test
    void aPurchaseStaysWhenItsMoneyCannotBeRead() {
        RawClient.Answer answer = server.ask(collect("{'site_id':1,'type':'event','name':'Purchase','title':'"
                + "x".repeat(513) + "','revenue':{'amount':'a lot','currency':'EUR'}}"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-millrace-ack")).isEqualTo("committed");
        assertThat(answer.header("x-millrace-cleaned")).isEqualTo("title=cut,revenue=unreadable");
        assertThat(answer.header("content-length")).isEqualTo("0");
        assertThat(server.engine.taken().get(0).revenue()).isNull();
        assertThat(server.engine.counters().total(Counter.CUT)).isEqualTo(1);
        assertThat(server.engine.counters().total(Counter.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void anArrayNamesWhatItCleaned() {
        RawClient.Answer answer = server.ask(collect("[" + PAGE + ",{'site_id':1,'url':'/a','scroll':'far'}]"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"accepted\":2,\"rejected\":[],"
                        + "\"cleaned\":[{\"index\":1,\"field\":\"scroll\",\"reason\":\"unreadable\"}]}");
        assertThat(server.engine.taken().get(1).url()).isEqualTo("https://example.com/a");
    }

    @Test
    void aPathWithoutAHostIsOfThePageThatSentIt() {
        server.ask(collect("{'site_id':1,'url':'/virtual'}", "Origin: https://Shop.Example:8443"));
        server.ask(collect("{'site_id':1,'pathname':'/virtual'}", "Referer: https://blog.example/a?b"));
        server.ask(collect("{'site_id':1,'pathname':'/virtual'}", "Origin: null"));
        assertThat(server.engine.taken().get(0).url()).isEqualTo("https://shop.example/virtual");
        assertThat(server.engine.taken().get(1).hostname()).isEqualTo("blog.example");
        assertThat(server.engine.taken().get(2).hostname()).isEqualTo("example.com");
    }

    @Test
    void answersOtherContentTypesWith415() {
        for (String type : List.of("Content-Type: text/html", "Content-Type: application/jsonx", "Content-Type: ")) {
            RawClient.Answer answer = server.ask(collect("site_id=1&url=https://e/", type));
            assertThat(answer.status()).isEqualTo(415);
            isReadableByScripts(answer);
        }
        assertThat(server.ask(collect(PAGE, "Content-Encoding: br")).status()).isEqualTo(415);
    }

    @Test
    void answers503WhenTheRingIsFull() {
        server.engine.room(false);
        RawClient.Answer answer = server.ask(collect(PAGE));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"not_admitted\"");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 5);
        isReadableByScripts(answer);
        assertThat(server.engine.counters().total(Counter.SHED)).isEqualTo(1);
    }

    @Test
    void answers503ToStrangersWithArraysWhileThereIsNoRoomForMany() {
        server.engine.crowded(true);
        String stranger = "X-Forwarded-For: 203.0.113.1";
        String array = "[" + (PAGE + ",").repeat(10) + PAGE + "]";
        RawClient client = server.client().send(collect(" ".repeat(50_000), stranger));
        assertThat(client.read().body()).as("unread").contains("\"not_admitted\"");
        assertThat(client.send(collect(array, stranger)).read().status()).isEqualTo(503);
        assertThat(server.engine.counters().total(Counter.SHED)).isEqualTo(1 + 11);
        assertThat(client.send(collect(PAGE, stranger)).read().status())
                .as("one")
                .isEqualTo(202);
        assertThat(client.send(collect(array)).read().status()).as("local").isEqualTo(202);
    }

    @Test
    void answers503UnconfirmedWhenTheCommitTakesTooLong() {
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE));
        Await.until(() -> !server.engine.taken().isEmpty());
        server.pass(Duration.ofSeconds(11));
        RawClient.Answer answer = client.read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"unconfirmed\"");
        settle(1);
        assertThat(client.send(collect("{}")).read().status()).isEqualTo(400);
    }

    @Test
    void answers422WhenTheStorageRefusesIt() {
        server.engine.outcome(b -> Outcome.UNSTORABLE);
        RawClient.Answer answer = server.ask(collect(PAGE));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("\"unstorable\"");
        isReadableByScripts(answer);
    }

    @Test
    void saysWhyABeaconWillNotCount() {
        server.engine.outcome(b -> new Outcome(Counter.FILTERED_HOSTNAME));
        RawClient.Answer answer = server.ask(collect(PAGE));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-millrace-filtered")).isEqualTo("hostname");
        assertThat(server.ask(collect("[" + PAGE + "]")).header("x-millrace-filtered"))
                .isEqualTo("hostname");
    }

    @Test
    void aHeartbeatIsAnsweredWithoutACommit() {
        server.engine.hold();
        RawClient.Answer answer = server.ask(collect("{'site_id':1,'type':'heartbeat','visitor_id':'v'}"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-millrace-ack")).isEqualTo("accepted");
        settle(1);
    }

    @Test
    void storesTheGoodMembersOfAnArrayAndNamesTheBad() {
        RawClient.Answer answer =
                server.ask(collect("[" + PAGE + ",{'site_id':1},{'site_id':9,'url':'https://e/'},7," + PAGE + "]"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-millrace-ack")).isEqualTo("committed");
        assertThat(answer.body())
                .startsWith(
                        "{\"accepted\":2,\"rejected\":[{\"index\":1,\"code\":\"missing_field\",\"message\":\"pathname")
                .contains("{\"index\":2,\"code\":\"unknown_site\"")
                .contains("{\"index\":3,\"code\":\"malformed_json\"");
        assertThat(server.engine.taken()).hasSize(2);
        assertThat(server.engine.counters().total(Counter.RECEIVED)).isEqualTo(5);
        assertThat(server.engine.counters().total(Counter.REJECTED_FIELD)).isEqualTo(2);
        assertThat(server.engine.counters().total(Counter.REJECTED_SITE)).isEqualTo(1);
    }

    @Test
    void anArrayOfGoodMembersHasAnEmptyAnswer() {
        RawClient.Answer answer = server.ask(collect("[" + PAGE + "," + PAGE + "]"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anArrayWithoutAValidMemberIs400AndNamesEach() {
        RawClient.Answer answer = server.ask(collect("[{'site_id':1},8]"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"no_valid_member\"")
                .contains("\"index\":0")
                .contains("\"index\":1");
    }

    @Test
    void anArrayLargerThanAQuarterOfTheRingIs413() {
        String many = "[" + PAGE + ("," + PAGE).repeat(256) + "]";
        RawClient.Answer answer = server.ask(collect(many));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(server.engine.counters().total(Counter.REJECTED_TOO_LARGE)).isEqualTo(257);
    }

    @Test
    void namesUnstorableMembersByIndex() {
        server.engine.outcome(b -> b.pathname() == null ? Outcome.STORED : Outcome.UNSTORABLE);
        RawClient.Answer answer =
                server.ask(collect("[{'site_id':1},{'site_id':1,'hostname':'e','pathname':'/x'}," + PAGE + "]"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).startsWith("{\"accepted\":1,").contains("{\"index\":1,\"code\":\"unstorable\"");
    }

    @Test
    void answersAHundredPipelinedRequestsInOrder() {
        server.engine.hold();
        StringBuilder requests = new StringBuilder();
        List<Integer> expected = new ArrayList<>();
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            switch (i % 5) {
                case 0 -> requests.append(collect("{'site_id':1"));
                case 1 -> requests.append(get("/nothing"));
                case 2 -> requests.append(post("/api/collect", "x", "Content-Type: a/b"));
                default -> requests.append(collect(PAGE));
            }
            expected.add(List.of(400, 404, 415, 202, 202).get(i % 5));
            admitted += i % 5 > 2 ? 1 : 0;
        }
        RawClient client = server.client().send(requests.toString());
        settle(admitted);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            statuses.add(client.read().status());
        }
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void takesARequestSplitAtAnyByte() {
        byte[] request = collect("{'site_id':1,'url':'https://example.com/\u00c3\u00a4'}")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        RawClient client = server.client();
        for (int split = 1; split < request.length; split++) {
            client.send(java.util.Arrays.copyOf(request, split));
            client.send(java.util.Arrays.copyOfRange(request, split, request.length));
            assertThat(client.read().status()).isEqualTo(202);
        }
        assertThat(server.engine.taken()).allMatch(b -> b.url().endsWith("/ä")).hasSize(request.length - 1);
    }

    @Test
    void takesARequestThatComesByteByByte() {
        RawClient client = server.client();
        for (byte b : collect(PAGE).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) {
            client.send(new byte[] {b});
        }
        assertThat(client.read().status()).isEqualTo(202);
    }

    @Test
    void takesAChunkedBody() {
        String half = PAGE.replace('\'', '"');
        String chunked = "POST /api/collect HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "10\r\n" + half.substring(0, 16) + "\r\n"
                + Integer.toHexString(half.length() - 16) + "\r\n" + half.substring(16) + "\r\n0\r\n\r\n";
        assertThat(server.ask(chunked).status()).isEqualTo(202);
    }
}
