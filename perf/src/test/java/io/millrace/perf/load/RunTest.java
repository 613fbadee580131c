package io.millrace.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.traffic.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunTest {
    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
    private static final String BUSY = "HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger received = new AtomicInteger();
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void sendsExactlyAsManyRequestsAsAsked() throws IOException {
        answer(n -> ACCEPTED);
        Run.Result result = Run.of(plan(500, null), second -> {});
        assertThat(received).hasValue(500);
        assertThat(result.load().statuses()).containsExactly(java.util.Map.entry(202, 500L));
        assertThat(result.load().latency().getTotalCount()).isEqualTo(500);
    }

    @Test
    void tellsRefusalsFromAcknowledgements() throws IOException {
        answer(n -> n % 2 == 0 ? ACCEPTED : BUSY);
        Summary load = Run.of(plan(100, null), second -> {}).load();
        assertThat(load.statuses()).containsEntry(202, 50L).containsEntry(503, 50L);
        assertThat(load.events()).isEqualTo(50);
        assertThat(load.retryAfter().getMaxValue()).isEqualTo(3);
    }

    @Test
    void countsTheLatencyOfTheOpenModelFromTheMomentARequestShouldHaveLeft() throws IOException {
        answer(n -> ACCEPTED);
        Run.Result result = Run.of(plan(200, Pace.constant(1e9)), second -> {});
        assertThat(result.load().latency().getTotalCount()).isEqualTo(200);
        assertThat(result.load().latency().getMaxValue() / 1000.0)
                .isGreaterThanOrEqualTo(result.worstLatenessMillis() * 0.9);
    }

    @Test
    void countsALostConnectionAndGoesOnWithAnother() throws IOException {
        answer(n -> n == 10 ? null : ACCEPTED);
        Summary load = Run.of(plan(50, null), second -> {}).load();
        assertThat(load.failures()).containsEntry(Work.Failure.RESET, 1L);
        assertThat(load.requests()).isEqualTo(49);
    }

    private Plan plan(int count, Pace pace) {
        return new Plan(
                "127.0.0.1",
                server.getLocalPort(),
                Format.Name.MILLRACE,
                "1",
                "example.com",
                null,
                "",
                1,
                4,
                pace,
                Duration.ZERO,
                Duration.ofMinutes(1),
                count,
                0,
                1,
                1,
                null,
                0,
                null);
    }

    /** Answers the n-th request with a text, or closes its connection when that is null. */
    private void answer(IntFunction<String> answers) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                Socket socket = accept();
                if (socket != null) {
                    threads.execute(() -> serve(socket, answers));
                }
            }
        });
    }

    private Socket accept() {
        try {
            return server.accept();
        } catch (IOException closed) {
            return null;
        }
    }

    private void serve(Socket socket, IntFunction<String> answers) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            for (int length = readHead(in); length > 0; length = readHead(in)) {
                for (int i = 0; i < length; i++) {
                    in.read();
                }
                String answer = answers.apply(received.getAndIncrement());
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int readHead(BufferedReader in) throws IOException {
        int length = -1;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        return length;
    }
}
