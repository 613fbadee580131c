package io.millrace.server.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP proxy in front of the server, at a port that stays. Every request has a connection of its own on both sides, and
 * what becomes of it is for a {@link Network} to say.
 */
final class Proxy implements AutoCloseable {

    /** Another end of the wire: hands a request on and returns the whole answer. */
    interface Upstream {
        byte[] send(byte[] request) throws IOException;
    }

    /** What happens to requests on their way. */
    interface Network {
        /** No network at all. */
        Network DOWN = (body, request, server) -> null;
        /** A good one. */
        Network GOOD = (body, request, server) -> server.send(request);

        /**
         * @param body what is posted, empty for other requests
         * @return the answer, or null to cut the connection without one
         */
        byte[] carry(String body, byte[] request, Upstream server) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger under = new AtomicInteger();
    private volatile int target;
    private volatile Network network = Network.GOOD;

    Proxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String origin() {
        return "http://stats.test:" + listener.getLocalPort();
    }

    /** Hands on to another port from now on. */
    void target(int port) {
        target = port;
    }

    /** Requests fare like this from now on. */
    void network(Network next) {
        network = next;
    }

    /** How many requests are on their way. */
    int under() {
        return under.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        under.incrementAndGet();
        try (client) {
            byte[] head = head(client.getInputStream());
            if (head.length == 0) {
                return; // opened in advance, and not used
            }
            String text = new String(head, StandardCharsets.ISO_8859_1);
            byte[] body = client.getInputStream().readNBytes(length(text));
            byte[] request = request(text, body);
            byte[] answer = network.carry(new String(body, StandardCharsets.UTF_8), request, this::send);
            if (answer != null) {
                client.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // One side has gone: so it is with networks.
        } finally {
            under.decrementAndGet();
        }
    }

    private byte[] send(byte[] request) throws IOException {
        return send(request, "127.0.0.1");
    }

    /** Hands a request on from one of this machine's addresses. */
    byte[] send(byte[] request, String from) throws IOException {
        try (Socket server = new Socket()) {
            server.bind(new InetSocketAddress(from, 0));
            server.connect(new InetSocketAddress("127.0.0.1", target));
            server.getOutputStream().write(request);
            return server.getInputStream().readAllBytes();
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int b = in.read();
            if (b < 0) {
                return new byte[0];
            }
            head.write(b);
            ends = b == "\r\n\r\n".charAt(ends) ? ends + 1 : b == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static int length(String head) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }

    private static byte[] request(String head, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String once =
                head.replaceFirst("(?i)\r\nconnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        request.write(once.getBytes(StandardCharsets.ISO_8859_1));
        request.write(body);
        return request.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
