package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static io.millrace.http.ServerFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.HttpSettings.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client may use, and how long it may take. */
@Timeout(60)
class LimitsTest {
    private static final String PAGE = "{'site_id':1,'url':'https://example.com/a','visitor_id':'v'}";
    private static final String FROM = "X-Forwarded-For: 203.0.113.";

    private ServerFixture server;

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    private void start(Limits limits) {
        server = new ServerFixture(
                HttpSettings.DEFAULT.with().loops(1).limits(limits).build());
    }

    @Test
    void limitsTheRateOfAnAddress() {
        start(Limits.DEFAULT.with().requestsPerSecond(1).burst(3).build());
        RawClient client = server.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(collect(PAGE, FROM + 1)).read().status()).isEqualTo(202);
        }
        RawClient.Answer limited = client.send(collect(PAGE, FROM + 1)).read();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("retry-after")).isEqualTo("1");
        assertThat(limited.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(client.send(collect(PAGE, FROM + 2)).read().status()).isEqualTo(202);
        server.pass(Duration.ofSeconds(1));
        assertThat(client.send(collect(PAGE, FROM + 1)).read().status()).isEqualTo(202);
        assertThat(server.engine.counters().total(Counter.LIMITED)).isEqualTo(1);
    }

    @Test
    void limitsNobodyForAnHourWhenTheTimeIsSetBackAnHour() {
        start(Limits.DEFAULT.with().requestsPerSecond(1).burst(1).build());
        RawClient client = server.client();
        assertThat(client.send(collect(PAGE, FROM + 1)).read().status()).isEqualTo(202);
        server.pass(Duration.ofHours(-1));
        RawClient.Answer limited = client.send(collect(PAGE, FROM + 1)).read();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("retry-after")).isEqualTo("1");
        server.pass(Duration.ofSeconds(1));
        assertThat(client.send(collect(PAGE, FROM + 1)).read().status()).isEqualTo(202);
    }

    @Test
    void doesNotLimitDirectLoopbackPeers() {
        start(Limits.DEFAULT.with().requestsPerSecond(1).burst(1).build());
        for (int i = 0; i < 5; i++) {
            assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
        }
    }

    @Test
    void limitsTheRateOfASite() {
        start(Limits.DEFAULT.with().siteRequestsPerSecond(2).build());
        assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
        assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
        assertThat(server.ask(collect(PAGE)).status()).isEqualTo(429);
        assertThat(server.ask(collect("[" + PAGE + ",{'site_id':2,'url':'https://o/'}]"))
                        .status())
                .isEqualTo(429);
        assertThat(server.engine.counters().get(Counter.LIMITED, 1)).isEqualTo(2);
        assertThat(server.engine.counters().get(Counter.LIMITED, 2)).isEqualTo(1);
    }

    @Test
    void refusesConnectionsBeyondTheirNumber() {
        start(Limits.DEFAULT.with().connections(3).connectionsPerAddress(3).build());
        List<RawClient> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(server.client());
            assertThat(open.get(i).send(get("/x")).read().status()).isEqualTo(404);
        }
        assertThat(server.client().closed()).isTrue();
        open.get(0).close();
        Await.until(() -> server.frontEnd().connections() < 3);
        assertThat(server.ask(get("/x")).status()).isEqualTo(404);
    }

    @Test
    void doesNotLimitTheConnectionsOfLoopback() {
        server = new ServerFixture(HttpSettings.DEFAULT
                .with()
                .limits(Limits.DEFAULT
                        .with()
                        .connections(100)
                        .connectionsPerAddress(2)
                        .build())
                .trust(new Trust(List.of(), HttpSettings.Forwarding.X_FORWARDED_FOR, HttpSettings.Geo.NONE))
                .build());
        for (int i = 0; i < 4; i++) {
            assertThat(server.client().send(get("/x")).read().status())
                    .as("loopback is exempt")
                    .isEqualTo(404);
        }
    }

    @Test
    void closesIdleConnections() {
        start(Limits.DEFAULT);
        RawClient silent = server.client();
        RawClient answered = server.client();
        answered.send(get("/x")).read();
        goRound();
        server.pass(Duration.ofSeconds(61));
        assertThat(silent.closed()).isTrue();
        assertThat(answered.closed()).isTrue();
    }

    @Test
    void closesSlowRequestsHoweverOftenAByteComes() {
        start(Limits.DEFAULT);
        RawClient head = server.client().send("POST /api/collect HT");
        RawClient body = server.client().send(collect(PAGE).substring(0, 130));
        goRound();
        String rest = collect(PAGE).substring(130);
        for (int i = 0; i < 9; i++) {
            server.pass(Duration.ofSeconds(1));
            body.send(rest.substring(i, i + 1));
            goRound();
        }
        server.pass(Duration.ofSeconds(2));
        for (RawClient slow : List.of(head, body)) {
            assertThat(slow.read().status()).isEqualTo(408);
            assertThat(slow.closed()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatDoesNotReadItsAnswers() {
        server = new ServerFixture(HttpSettings.DEFAULT.with().loops(1).build(), null, null, large());
        server.client().send(get("/large").repeat(100));
        goRound();
        awaitConnections(1);
        passUntilAllAreClosed();
    }

    @Test
    void doesNotTimeOutAConnectionThatWaitsForItsCommit() {
        start(Limits.DEFAULT
                .with()
                .requestTime(Duration.ofSeconds(1))
                .idleTime(Duration.ofSeconds(1))
                .confirmTime(Duration.ofMinutes(10))
                .build());
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE));
        Await.until(() -> !server.engine.taken().isEmpty());
        server.pass(Duration.ofMinutes(5));
        RawClient other = server.client();
        assertThat(other.send(get("/x")).read().status()).isEqualTo(404);
        goRound();
        server.pass(Duration.ofMinutes(2));
        assertThat(other.closed()).isTrue();
        server.engine.settle();
        assertThat(client.read().status()).isEqualTo(202);
    }

    @Test
    void answers503WhenOneClientHoldsAQuarterOfTheMemoryForUnfinishedRequests() {
        start(Limits.DEFAULT.with().unfinishedBytes(32 << 10).build());
        String slow =
                "POST /api/collect HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: 200000\r\n\r\n";
        RawClient first = server.client().send(slow + " ".repeat(4000));
        goRound();
        RawClient.Answer answer = first.send(" ".repeat(4000)).read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("not_admitted");
        assertThat(first.closed()).isTrue();
        first.close();
        awaitConnections(0);
        assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
        assertThat(server.engine.counters().total(Counter.SHED)).isEqualTo(1);
    }

    /** One read that holds a whole request and the beginning of the next. */
    @Test
    void theRequestBehindOneThatWasAnsweredHasItsTimeToo() {
        start(Limits.DEFAULT);
        RawClient client = server.client().send(get("/x") + "POST /api/collect HTTP/1.1\r\nHost: t\r\nX: ");
        assertThat(client.read().status()).isEqualTo(404);
        goRound();
        server.pass(Duration.ofSeconds(11));
        assertThat(client.read().status()).isEqualTo(408);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void theRequestBehindOneThatWaitsHasItsTimeToo() {
        start(Limits.DEFAULT.with().confirmTime(Duration.ofMinutes(1)).build());
        server.engine.hold();
        RawClient client = server.client().send(collect(PAGE) + "POST /api/collect HTTP/1.1\r\nHost: t\r\nX: ");
        Await.until(() -> !server.engine.taken().isEmpty());
        goRound();
        server.pass(Duration.ofSeconds(11));
        goRound();
        server.engine.settle();
        assertThat(client.read().status()).isEqualTo(202);
        assertThat(client.read().status()).isEqualTo(408);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void closesAConnectionThatEndedItsOutputAndDoesNotRead() {
        server = new ServerFixture(HttpSettings.DEFAULT.with().loops(1).build(), null, null, large());
        RawClient client = server.client().send(get("/large").repeat(100));
        goRound();
        client.endOutput();
        goRound();
        awaitConnections(1);
        passUntilAllAreClosed();
    }

    @Test
    void aClientThatReadsSteadilyButSlowlyIsNotCutOff() {
        server = new ServerFixture(HttpSettings.DEFAULT.with().loops(1).build(), null, null, large());
        RawClient client = server.client().send(get("/large").repeat(40));
        for (int i = 0; i < 40; i++) {
            assertThat(client.read().bytes()).hasSize(1 << 20);
            if (i % 8 == 0) {
                goRound();
                server.pass(Duration.ofSeconds(6));
            }
        }
    }

    private static StaticFiles large() {
        return StaticFiles.builder()
                .add("/large", "large.bin", new byte[1 << 20], StaticFiles.Kind.IMMUTABLE)
                .build();
    }

    /** Each wants answers of 1 MB and reads none. */
    @Test
    void whatManyDoNotReadTakesNoMoreMemoryThanIsAllowedAndHoldsUpNobody() {
        server = new ServerFixture(
                HttpSettings.DEFAULT
                        .with()
                        .loops(1)
                        .limits(Limits.DEFAULT.with().unsentBytes(1 << 20).build())
                        .build(),
                null,
                null,
                large());
        for (int i = 0; i < 60; i++) {
            server.client().send(get("/large").repeat(100));
        }
        long most = 0;
        for (int i = 0; i < 20; i++) {
            assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
            most = Math.max(most, held("http_unsent"));
        }
        assertThat(most).isBetween((1L << 20) / 8, 1L << 20);
        assertThat(server.ask(get("/large")).bytes())
                .as("who reads gets on beside those who do not")
                .hasSize(1 << 20);
        passUntilAllAreClosed();
        Await.until(() -> held("http_unsent") == 0);
    }

    @Test
    void whoReadsIsAnsweredBesideReportsThatManyDoNotRead() {
        server = new ServerFixture(
                HttpSettings.DEFAULT
                        .with()
                        .loops(1)
                        .limits(Limits.DEFAULT.with().unsentBytes(1 << 20).build())
                        .build(),
                new StubApi(),
                null,
                StaticFiles.NONE);
        for (int i = 0; i < 100; i++) {
            server.client().send(get("/api/large").repeat(50));
            assertThat(server.ask(get("/api/large")).status()).isEqualTo(200);
        }
        assertThat(held("http_unsent")).isGreaterThan((1L << 20) / 8);
    }

    /** Heads, bodies and chunks without an end, of strangers that come by a proxy. */
    @Test
    void whatIsUnfinishedTakesNoMoreMemoryThanIsAllowedAndHoldsUpNobody() {
        start(Limits.DEFAULT.with().unfinishedBytes(256 << 10).build());
        String post = "POST /api/collect HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\n";
        long most = 0;
        for (int i = 0; i < 20; i++) {
            server.client().send("GET /" + "a".repeat(15_000));
            server.client().send(post + "a: " + "b".repeat(15_000));
            server.client().send(get("/x") + post + "a: " + "b".repeat(12_000));
            server.client().send(post + "Content-Length: 200000\r\n\r\n" + " ".repeat(30_000));
            server.client().send(post + "Transfer-Encoding: chunked\r\n\r\n" + "4000\r\n" + " ".repeat(0x3000));
            assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
            most = Math.max(most, held("http_unfinished"));
        }
        assertThat(most).isBetween((256L << 10) / 2, 256L << 10);
        server.pass(Duration.ofSeconds(11));
        server.pass(Duration.ofSeconds(61));
        Await.until(() -> held("http_unfinished") == 0);
    }

    private long held(String structure) {
        return server.engine.bounds().all().stream()
                .filter(bound -> bound.name().equals(structure))
                .findFirst()
                .orElseThrow()
                .used()
                .getAsLong();
    }

    /** A request counts once more for each 4 KiB of its plain body, and for each ten members. */
    @Test
    void chargesBytesAndMembersToTheAddress() {
        start(Limits.DEFAULT.with().requestsPerSecond(1).burst(8).build());
        String large = PAGE.replace('\'', '"') + " ".repeat(20 << 10);
        assertThat(server.ask(collect(large, FROM + 1)).status()).isEqualTo(202);
        assertThat(server.ask(collect(large, FROM + 1)).status()).isEqualTo(429);
        String members = "[" + (PAGE + ",").repeat(59) + PAGE + "]";
        assertThat(server.ask(collect(members, FROM + 2)).status()).isEqualTo(202);
        assertThat(server.ask(collect(members, FROM + 2)).status()).isEqualTo(429);
        assertThat(server.ask(collect(PAGE, FROM + 3)).status()).isEqualTo(202);
        assertThat(server.engine.counters().total(Counter.LIMITED)).isEqualTo(2);
    }

    @Test
    void limitsTheBeaconsOfAllSites() {
        start(Limits.DEFAULT.with().beaconsPerSecond(2).build());
        String other = PAGE.replace("'site_id':1", "'site_id':2");
        assertThat(server.ask(collect(PAGE)).status()).isEqualTo(202);
        assertThat(server.ask(collect(other)).status()).isEqualTo(202);
        assertThat(server.ask(collect(other)).status()).isEqualTo(429);
        assertThat(server.engine.counters().total(Counter.LIMITED)).isEqualTo(1);
    }

    /** A beacon counts once more for each 4 KiB of its plain bytes, a member of an array for its share of them. */
    @Test
    void chargesBytesAndMembersToTheSiteAndToAll() {
        start(Limits.DEFAULT
                .with()
                .siteRequestsPerSecond(6)
                .beaconsPerSecond(16)
                .build());
        String large = PAGE.replace('\'', '"') + " ".repeat(20 << 10);
        assertThat(server.ask(collect(large)).status()).isEqualTo(202);
        assertThat(server.ask(collect(PAGE)).status()).as("six were charged").isEqualTo(429);
        String other = PAGE.replace("'site_id':1", "'site_id':2");
        String members = "[" + other + "," + other + " ".repeat(16 << 10) + "]";
        assertThat(server.ask(collect(members)).status()).isEqualTo(202);
        assertThat(server.ask(collect(other)).status()).as("two and four").isEqualTo(429);
        server.pass(Duration.ofSeconds(1));
        assertThat(server.ask(collect(members)).status()).isEqualTo(202);
        assertThat(server.ask(collect(large)).status()).isEqualTo(202);
        assertThat(server.ask(get("/p.gif?site_id=1&u=https://example.com/&x=" + "a".repeat(8 << 10)))
                        .status())
                .isEqualTo(429);
        assertThat(server.engine.counters().total(Counter.LIMITED)).isEqualTo(3);
        assertThat(server.engine.counters().get(Counter.LIMITED, 1)).isEqualTo(2);
    }

    @Test
    void makesRoomForNewConnectionsByClosingThoseThatAreQuietLongest() {
        start(Limits.DEFAULT.with().connections(32).build());
        RawClient first = server.client();
        first.send(get("/x")).read();
        server.pass(Duration.ofSeconds(1));
        List<RawClient> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            others.add(server.client());
            others.get(i).send(get("/x")).read();
        }
        assertThat(first.closed()).isTrue();
        assertThat(others.get(29).send(get("/x")).read().status()).isEqualTo(404);
    }

    @Test
    void answersNoNameThatIsNotItsOwnWhereItHasSome() {
        server = new ServerFixture(
                HttpSettings.DEFAULT.with().hosts(List.of("localhost")).build());
        for (String host : List.of("localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "[::1]", "10.0.0.1")) {
            assertThat(ofHost(host)).as(host).isEqualTo(404);
        }
        for (String host : List.of("evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", "")) {
            assertThat(ofHost(host)).as(host).isEqualTo(421);
        }
    }

    private int ofHost(String host) {
        return server.ask("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status();
    }

    @Test
    void drainsByAnsweringWhatIsInFlightAndClosingTheRest() throws Exception {
        start(Limits.DEFAULT);
        server.engine.hold();
        RawClient idle = server.client();
        RawClient waiting = server.client().send(collect(PAGE));
        Await.until(() -> !server.engine.taken().isEmpty());
        awaitConnections(2);
        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(() -> server.frontEnd().drain(Duration.ofSeconds(20)));
        assertThat(idle.closed()).isTrue();
        assertThat(drained).isNotDone();
        waiting.send(collect(PAGE));
        server.engine.settle();
        assertThat(waiting.read().status()).isEqualTo(202);
        drained.get(10, TimeUnit.SECONDS);
        server.frontEnd().close();
    }

    /** Whatever was sent before has been read when this returns: the one event loop has gone round twice. */
    private void goRound() {
        server.ask(get("/x"));
        server.ask(get("/x"));
    }

    /** An answer that begins to be sent, or goes on, while time passes has its time from then on. */
    private void passUntilAllAreClosed() {
        Await.until(() -> {
            server.pass(Duration.ofSeconds(1));
            return server.frontEnd().connections() == 0;
        });
    }

    private void awaitConnections(int n) {
        Await.until(() -> server.frontEnd().connections() == n);
    }
}
