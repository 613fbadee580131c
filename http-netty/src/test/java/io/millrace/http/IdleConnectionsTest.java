package io.millrace.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Bounds;
import io.millrace.engine.Heap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that stay open hold no more of the heap than is said of them. */
@Timeout(60)
class IdleConnectionsTest {
    private static final int CONNECTIONS = 1_000;
    private final List<SocketChannel> clients = new ArrayList<>();

    @Test
    void holdNoMoreThanTheirBound() throws IOException {
        long ofClients = heldByClients();
        try (ServerFixture server = new ServerFixture()) {
            Bounds.Bound bound = server.engine.bounds().all().stream()
                    .filter(b -> b.name().equals("http_connections"))
                    .findAny()
                    .orElseThrow();
            open(server.frontEnd().port(), 1);
            ask();
            long before = Heap.live();
            long saidBefore = bound.used().getAsLong();
            open(server.frontEnd().port(), CONNECTIONS);
            ask();
            long held = Heap.live() - before - ofClients;
            long said = bound.used().getAsLong() - saidBefore;
            assertThat(held).as("bytes of %d connections", CONNECTIONS).isBetween(said / 4, said);
        } finally {
            close();
        }
    }

    /** The other ends are in this process, too: what they hold beside a server that never accepts them. */
    private long heldByClients() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 2 * CONNECTIONS, InetAddress.getLoopbackAddress())) {
            open(deaf.getLocalPort(), 1);
            long before = Heap.live();
            open(deaf.getLocalPort(), CONNECTIONS);
            return Heap.live() - before;
        } finally {
            close();
        }
    }

    private void open(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            clients.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
    }

    /** Each asks once, and waits for the first bytes of the answer. */
    private void ask() throws IOException {
        byte[] request = ServerFixture.get("/healthz").getBytes(US_ASCII);
        for (SocketChannel client : clients) {
            client.write(ByteBuffer.wrap(request));
        }
        ByteBuffer answer = ByteBuffer.allocate(4_096);
        for (SocketChannel client : clients) {
            assertThat(client.read(answer.clear())).isPositive();
        }
    }

    private void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        clients.clear();
    }
}
