package io.millrace.perf.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One keep-alive connection that asks and waits: for single requests whose time matters. Not thread-safe. */
public final class Probe implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final String host;
    private final byte[] buffer = new byte[64 * 1024];
    private final Response response = new Response();

    public Probe(int port) throws IOException {
        host = "127.0.0.1:" + port;
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /**
     * An answer.
     *
     * @param nanos from the request's first byte to the answer's last
     * @param etag as sent, or null
     */
    public record Answer(int status, long nanos, String etag, String body) {}

    /** Asks for a page; {@code headers} are lines, each ended by CR LF, or empty. */
    public Answer get(String path, String headers) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n");
    }

    /** Posts a text. */
    public Answer post(String path, String body) throws IOException {
        return ask(
                "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    /** Changes something. @param key bearer */
    public Answer put(String path, String key, String body) throws IOException {
        return ask("PUT " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n"
                + body);
    }

    private Answer ask(String request) throws IOException {
        byte[] bytes = request.getBytes(UTF_8);
        response.reset();
        long start = System.nanoTime();
        socket.getOutputStream().write(bytes);
        while (!response.done()) {
            int n = socket.getInputStream().read(buffer);
            if (n < 0 || response.feed(buffer, 0, n) < n || response.broken()) {
                throw new EOFException(
                        "no whole answer to " + request.lines().findFirst().orElse(""));
            }
        }
        long nanos = System.nanoTime() - start;
        return new Answer(response.status(), nanos, response.header("etag"), response.body());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
