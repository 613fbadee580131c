package io.millrace.perf.load;

import static io.millrace.perf.StubCollector.ACCEPTED;
import static io.millrace.perf.StubCollector.BUSY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.StubCollector;
import io.millrace.perf.net.Endpoint;
import io.millrace.perf.net.Tls;
import io.millrace.perf.process.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunTest {
    private StubCollector server;

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void sendsExactlyAsManyRequestsAsAsked() throws IOException {
        Run.Result result = run(n -> ACCEPTED, plan -> plan.count(500));
        assertThat(server.received()).isEqualTo(500);
        assertThat(result.load().statuses()).containsExactly(Map.entry(202, 500L));
        assertThat(result.load().latency().getTotalCount()).isEqualTo(500);
        assertThat(result.okPercent()).isEqualTo(100);
    }

    @Test
    void tellsRefusalsFromAcknowledgements() throws IOException {
        Run.Result result = run(n -> n % 2 == 0 ? ACCEPTED : BUSY, plan -> plan.count(100));
        assertThat(result.load().statuses()).containsEntry(202, 50L).containsEntry(503, 50L);
        assertThat(result.load().events()).isEqualTo(50);
        assertThat(result.load().retryAfter().getMaxValue()).isEqualTo(3);
        assertThat(result.okPercent()).isEqualTo(50);
    }

    @Test
    void doesNotCountWhatTheServerFilters() throws IOException {
        String filtered = "HTTP/1.1 202 Accepted\r\nX-Millrace-Filtered: bot\r\nContent-Length: 0\r\n\r\n";
        String dropped = "HTTP/1.1 202 Accepted\r\nx-plausible-dropped: 1\r\nContent-Length: 2\r\n\r\nok";
        Run.Result result = run(n -> n % 2 == 0 ? filtered : dropped, plan -> plan.count(10));
        assertThat(result.load().events()).isZero();
        assertThat(result.load().filtered()).isEqualTo(10);
        assertThat(result.okPercent()).isZero();
    }

    @Test
    void forgivesAHeartbeatThatHasOvertakenItsVisit() throws IOException {
        String early = "HTTP/1.1 202 Accepted\r\nX-Millrace-Filtered: no_visit\r\nContent-Length: 0\r\n\r\n";
        String also = "HTTP/1.1 202 Accepted\r\nX-Millrace-Filtered: bot,no_visit\r\nContent-Length: 0\r\n\r\n";
        Run.Result result = run(n -> n % 2 == 0 ? early : also, plan -> plan.count(10));
        assertThat(result.okPercent()).isEqualTo(50);
    }

    @Test
    void countsOfAnArrayWhatWasTaken() throws IOException {
        String body = "{\"accepted\":7,\"rejected\":[]}";
        String partly = "HTTP/1.1 202 Accepted\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        Run.Result result = run(n -> partly, plan -> plan.batch(10).count(10));
        assertThat(result.load().events()).isEqualTo(70);
        assertThat(result.load().partly()).isEqualTo(10);
        assertThat(result.okPercent()).isZero();
    }

    @Test
    void countsTheLatencyOfTheOpenModelFromTheMomentARequestShouldHaveLeft() throws IOException {
        Run.Result result =
                run(n -> ACCEPTED, plan -> plan.pace(Pace.constant(1e9)).count(200));
        assertThat(result.load().latency().getTotalCount()).isEqualTo(200);
        assertThat(result.load().latency().getMaxValue() / 1000.0)
                .isGreaterThanOrEqualTo(result.worstLatenessMillis() * 0.9);
    }

    @Test
    void countsALostConnectionAndGoesOnWithAnother() throws IOException {
        Run.Result result = run(n -> n == 10 ? null : ACCEPTED, plan -> plan.count(50));
        assertThat(result.load().failures()).containsEntry(Work.Failure.RESET, 1L);
        assertThat(result.load().requests()).isEqualTo(49);
        assertThat(result.okPercent()).isEqualTo(98);
    }

    @Test
    void readsAnAnswerThatEndsWithItsConnection() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok";
        Run.Result result = run(n -> answer, plan -> plan.count(20));
        assertThat(result.load().statuses()).containsExactly(Map.entry(200, 20L));
        assertThat(result.load().failures()).isEmpty();
    }

    @Test
    void knowsWhatAShortRunCost() throws IOException {
        Run.Result result = run(n -> ACCEPTED, plan -> plan.count(20));
        assertThat(result.load().cpu().ownMicros()).isPositive();
    }

    @Test
    void sendsOverTls(@TempDir Path directory) throws Exception {
        OwnCertificate own = OwnCertificate.in(directory);
        server = StubCollector.secured(own, n -> ACCEPTED);
        Endpoint endpoint = new Endpoint(true, "localhost", server.port(), null);
        Plan plan = Plan.to(endpoint, "1")
                .tls(Tls.of("localhost", server.port(), own.certificate()))
                .batch(300)
                .count(100)
                .connections(4)
                .build();
        Run.Result result = Run.of(plan, second -> {});
        assertThat(result.load().statuses()).containsExactly(Map.entry(202, 100L));
        assertThat(result.load().failures()).isEmpty();
    }

    @Test
    void doesNotSendToAServerWhoseCertificateNobodyVouchesFor(@TempDir Path directory) throws Exception {
        server = StubCollector.secured(OwnCertificate.in(directory), n -> ACCEPTED);
        Endpoint endpoint = new Endpoint(true, "localhost", server.port(), null);
        Plan plan = Plan.to(endpoint, "1")
                .tls(Tls.of("localhost", server.port()))
                .duration(Duration.ofSeconds(1))
                .build();
        Run.Result result = Run.of(plan, second -> {});
        assertThat(server.received()).isZero();
        assertThat(result.load().failures()).containsKey(Work.Failure.CONNECT);
    }

    @Test
    void givesUpWhenNobodyIsThere() throws IOException {
        server = StubCollector.answering(n -> ACCEPTED);
        Plan plan = Plan.to(Endpoint.local(nobody()), "1").count(10).build();
        Run.Result result = Run.of(plan, second -> {});
        assertThat(result.gaveUp()).contains("no connection within 10 s", "refused");
        assertThat(result.okPercent()).isZero();
    }

    private static int nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private interface Change {
        Plan.Builder of(Plan.Builder plan);
    }

    private Run.Result run(IntFunction<String> answers, Change change) throws IOException {
        server = StubCollector.answering(answers);
        Plan.Builder plan =
                Plan.to(Endpoint.local(server.port()), "1").connections(4).run(1);
        return Run.of(change.of(plan).build(), second -> {});
    }
}
