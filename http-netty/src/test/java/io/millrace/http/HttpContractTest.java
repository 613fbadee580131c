package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static io.millrace.http.ServerFixture.get;
import static io.millrace.http.ServerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may and may not do with HTTP itself. */
@Timeout(60)
class HttpContractTest {
    private static final String PAGE = "{'site_id':1,'url':'https://example.com/a','visitor_id':'v'}";
    private static final String TYPE = "Content-Type: application/json\r\n";

    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    /** Each is ambiguous or wrong; what follows it on the connection must never be taken for a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: +3\r\n\r\n{}",
                "Content-Length: -3\r\n\r\n{}",
                "Content-Length: 1e1\r\n\r\n{}",
                "Content-Length: 2\n\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "X-Nul: a\0b\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
                "Host: other\r\nContent-Length: 2\r\n\r\n{}",
                ": nameless\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length:\r\n\r\n{}",
                "X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
                "X: a\r\n\tb\r\nContent-Length: 2\r\n\r\n{}",
                "X: a\rb\r\nContent-Length: 2\r\n\r\n{}",
                "X: a\r\r\nContent-Length: 2\r\n\r\n{}",
                "X\t: a\r\nContent-Length: 2\r\n\r\n{}",
                "X\u00e4: a\r\nContent-Length: 2\r\n\r\n{}",
                "no colon\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n 2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2 \r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n00000002\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n100000002\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2;a\nb\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\n folded: a\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\na: b\n\r\n",
            })
    void refusesAmbiguousRequestsAndCloses(String rest) {
        RawClient client =
                server.client().send("POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + rest + collect(PAGE));
        RawClient.Answer answer = client.read();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(client.closed()).isTrue();
        assertThat(server.engine.taken()).isEmpty();
        assertThat(server.engine.counters().total(Counter.REJECTED_MALFORMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/collect HTTP/1.1\r\n\r\n",
                "POST /api/collect HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "POST /api/collect HTTP/1.1\r\nHost: a, b\r\n\r\n",
                "POST /api/collect HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST\t/api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST  /api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/collect  HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/collect HTTP/1.1 \r\nHost: t\r\n\r\n",
                " POST /api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/collect http/1.1\r\nHost: t\r\n\r\n",
                "POST /api/collect HTTP/01.1\r\nHost: t\r\n\r\n",
                "POST /api/collect HTTP/1.1\nHost: t\r\n\r\n",
                "POST /api/collect\rHTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/co\0llect HTTP/1.1\r\nHost: t\r\n\r\n",
                "\r\n\r\n\r\nPOST /api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/coll%zzect HTTP/1.1\r\nHost: t\r\n\r\n",
                "P@ST /api/collect HTTP/1.1\r\nHost: t\r\n\r\n",
                "POST /api/collect\r\nHost: t\r\n\r\n",
                "POST /api/\u00e4 HTTP/1.1\r\nHost: t\r\n\r\n",
                "GET / HTTP/1.2\r\nHost: t\r\n\r\n",
                "GET ftp://a/b HTTP/1.1\r\nHost: t\r\n\r\n",
                "GET http://other/ HTTP/1.1\r\nHost: t\r\n\r\n",
                "GET http://t@other/ HTTP/1.1\r\nHost: t\r\n\r\n",
                "GET http://t:1/ HTTP/1.1\r\nHost: t\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost:\r\n\r\n",
                "GET http://?x HTTP/1.1\r\nHost:\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
            })
    void refusesWhatIsNoRequestAndCloses(String request) {
        RawClient client = server.client().send(request + collect(PAGE));
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.closed()).isTrue();
        assertThat(server.engine.taken()).isEmpty();
    }

    @Test
    void answersOtherVersionsWith505() {
        RawClient client = server.client().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(505);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void answersWhatCameBeforeAMalformedRequest() {
        RawClient client = server.client().send(collect(PAGE) + collect("{}") + "BAD\r\n\r\n" + collect(PAGE));
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.closed()).isTrue();
        assertThat(server.engine.taken()).hasSize(1);
    }

    @Test
    void refusesLongLinesWith414AndLongHeadersWith431() {
        RawClient line = server.client().send(get("/" + "x".repeat(17_000)));
        assertThat(line.read().status()).isEqualTo(414);
        assertThat(line.closed()).isTrue();
        RawClient headers = server.client().send(get("/", "X: " + "x".repeat(17_000)));
        assertThat(headers.read().status()).isEqualTo(431);
        assertThat(headers.closed()).isTrue();
        assertThat(server.ask(get("/", "A:\r\n".repeat(120) + "B: c")).status()).isEqualTo(431);
        assertThat(server.ask(get("/" + "x".repeat(16_000))).status()).isEqualTo(404);
        assertThat(server.engine.counters().total(Counter.REJECTED_TOO_LARGE)).isEqualTo(3);
    }

    @Test
    void refusesALargeBodyByItsLengthBeforeReadingIt() {
        RawClient client = server.client()
                .send("POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + "Content-Length: 1000000\r\n\r\n");
        RawClient.Answer answer = client.read();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aClientThatSendsItsLargeBodyAnywayCanReadTheAnswer() {
        RawClient client = server.client().send(post("/api/collect", "x".repeat(1_000_000)));
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.closed()).isTrue();
        assertThat(server.engine.counters().total(Counter.REJECTED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void refusesALargeChunkedBodyWhenItGrowsTooLarge() {
        String chunk = Integer.toHexString(65_536) + "\r\n" + " ".repeat(65_536) + "\r\n";
        RawClient client = server.client()
                .send("POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(4) + "1\r\n \r\n0\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        String padded = PAGE.replace('\'', '"') + " ".repeat((256 << 10) - PAGE.length());
        assertThat(server.ask(post("/api/collect", padded)).status()).isEqualTo(202);
        assertThat(server.ask(post("/api/collect", padded + " ")).status()).isEqualTo(413);
    }

    @Test
    void keepsTheConnectionAfterErrorsOfContent() {
        RawClient client = server.client();
        for (String request : new String[] {
            collect("{"), collect("x", "Content-Type: a/b"), get("/nothing"), collect("{'site_id':7,'url':'a://b'}")
        }) {
            assertThat(client.send(request).read().status()).isBetween(400, 415);
        }
        assertThat(client.send(collect(PAGE)).read().status()).isEqualTo(202);
    }

    /** RFC 9112, 2.2, 7.1: what a server has to take beside the plain forms. */
    @Test
    void takesEmptyLinesBeforeARequestAndExtensionsAndTrailersOfChunks() {
        String body = PAGE.replace('\'', '"');
        String size = Integer.toHexString(body.length()).toUpperCase(Locale.ROOT);
        RawClient client = server.client()
                .send("\r\nPOST /api/collect HTTP/1.1\r\nhOST:t\r\n" + TYPE + "Transfer-Encoding: Chunked\r\n\r\n"
                        + size + ";name=\"a value\"\r\n" + body + "\r\n000\r\nX-Trailer: a\r\nY:\r\n\r\n"
                        + collect(PAGE));
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(server.engine.taken()).hasSize(2);
    }

    @Test
    void aRequestMayComeByteByByte() {
        String chunked = "POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n"
                + "1\r\n{\r\n" + Integer.toHexString(PAGE.length() - 1) + "\r\n"
                + PAGE.replace('\'', '"').substring(1) + "\r\n0\r\n\r\n";
        RawClient client = server.client();
        for (char c : (collect(PAGE) + chunked).toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.read().status()).isEqualTo(202);
    }

    @Test
    void countsHeadersTrailersAndExtensionsWhileTheyCome() {
        RawClient headers = server.client().send("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(101));
        assertThat(headers.read().status()).isEqualTo(431);
        assertThat(headers.closed()).isTrue();
        String chunks = "POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n";
        RawClient trailers = server.client().send(chunks + "0\r\n" + "a:b\r\n".repeat(101));
        assertThat(trailers.read().status()).isEqualTo(431);
        assertThat(trailers.closed()).isTrue();
        RawClient trailer = server.client().send(chunks + "0\r\na:" + "b".repeat(17_000));
        assertThat(trailer.read().status()).isEqualTo(431);
        RawClient extension = server.client().send(chunks + "1;" + "b".repeat(5_000));
        assertThat(extension.read().status()).isEqualTo(400);
        assertThat(extension.closed()).isTrue();
    }

    @Test
    void takesABodyOfSeveralGzipMembersButNotOfVeryMany() throws IOException {
        byte[] first = gzip(PAGE.replace('\'', '"').substring(0, 9).getBytes(StandardCharsets.UTF_8));
        byte[] second = gzip(PAGE.replace('\'', '"').substring(9).getBytes(StandardCharsets.UTF_8));
        assertThat(sendPacked(concat(first, second)).status()).isEqualTo(202);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 13_000; i++) {
            members.write(gzip(new byte[0]));
        }
        assertThat(sendPacked(members.toByteArray()).status()).isEqualTo(400);
        assertThat(server.engine.counters().total(Counter.REJECTED_MALFORMED)).isEqualTo(1);
    }

    @Test
    void refusesGzipThatIsCutOffOrWrong() throws IOException {
        byte[] whole = gzip(PAGE.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        for (int length : new int[] {1, 9, 10, 11, whole.length - 8, whole.length - 1}) {
            assertThat(sendPacked(Arrays.copyOf(whole, length)).status())
                    .as("%d bytes", length)
                    .isEqualTo(400);
        }
        for (int at : new int[] {0, 2, 3, whole.length - 8, whole.length - 1}) {
            byte[] wrong = whole.clone();
            wrong[at] ^= (byte) 0xE0;
            assertThat(sendPacked(wrong).status()).as("byte %d", at).isEqualTo(400);
        }
        assertThat(sendPacked(concat(whole, new byte[] {0})).status()).isEqualTo(400);
        assertThat(sendPacked(whole).status()).isEqualTo(202);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Test
    void unpacksGzipUpToTheLimit() throws IOException {
        assertThat(packed(PAGE.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(202);
        assertThat(packed(new byte[50 << 20]).status()).isEqualTo(413);
        assertThat(server.ask(collect(PAGE, "Content-Encoding: gzip")).status()).isEqualTo(400);
    }

    private RawClient.Answer packed(byte[] body) throws IOException {
        return sendPacked(gzip(body));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private RawClient.Answer sendPacked(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return server.ask(post("/api/collect", text, "Content-Encoding: gzip"));
    }

    @Test
    void asksForABodyThatWaitsForItInItsTurn() throws IOException {
        server.engine.hold();
        String head = "POST /api/collect HTTP/1.1\r\nHost: t\r\n" + TYPE + "Expect: 100-continue\r\nContent-Length: "
                + PAGE.length() + "\r\n\r\n";
        RawClient client = server.client().send(collect(PAGE) + head);
        Await.until(() -> !server.engine.taken().isEmpty());
        server.engine.settle();
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.line()).isEmpty();
        client.send(PAGE.replace('\'', '"'));
        Await.until(() -> server.engine.settle() > 0);
        assertThat(client.read().status()).isEqualTo(202);
    }

    @Test
    void doesNotAskForABodyThatItWillRefuse() {
        RawClient client = server.client()
                .send("POST /api/collect HTTP/1.1\r\nHost: t\r\nContent-Encoding: br\r\nExpect: 100-continue\r\n"
                        + "Content-Length: 10\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(415);
        assertThat(client.closed()).isTrue();
        assertThat(server.ask(get("/", "Expect: magic")).status()).isEqualTo(417);
    }

    @Test
    void answersOldClientsAndClosesUnlessTheyAskToStay() {
        RawClient leaving = server.client().send("GET /x HTTP/1.0\r\n\r\n");
        assertThat(leaving.read().header("connection")).isEqualTo("close");
        assertThat(leaving.closed()).isTrue();
        RawClient staying = server.client();
        for (int i = 0; i < 2; i++) {
            staying.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(staying.read().header("connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() {
        RawClient client = server.client().send(collect(PAGE, "Connection: close") + collect(PAGE));
        assertThat(client.read().header("connection")).isEqualTo("close");
        assertThat(client.closed()).isTrue();
        assertThat(server.engine.taken()).hasSize(1);
    }

    @Test
    void takesAbsoluteTargetsAndIgnoresBodiesOfGet() {
        assertThat(server.ask("GET http://t/nothing?x HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc")
                        .status())
                .isEqualTo(404);
        assertThat(server.ask("GET HTTPS://T?x HTTP/1.1\r\nHost: t\r\n\r\n").status())
                .isEqualTo(404);
        assertThat(server.ask(collect(PAGE).replace("/api/collect", "http://t/api/collect"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void answersAClientThatHasEndedItsOutput() {
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE));
        client.endOutput();
        Await.until(() -> server.engine.settle() > 0);
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() {
        RawClient client = server.client().send(collect(PAGE).substring(0, 120));
        client.close();
        Await.until(() -> server.frontEnd().connections() == 0);
        assertThat(server.engine.counters().total(Counter.RECEIVED)).isZero();
    }

    @Test
    void pausesAClientThatPipelinesWithoutEnd() {
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE).repeat(300));
        int settled = 0;
        int answered = 0;
        while (settled < 300) {
            settled += server.engine.settle();
            for (; answered < settled; answered++) {
                assertThat(client.read().status()).isEqualTo(202);
            }
        }
        assertThat(server.engine.taken()).hasSize(300);
    }
}
