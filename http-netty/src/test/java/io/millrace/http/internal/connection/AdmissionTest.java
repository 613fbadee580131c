package io.millrace.http.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.HttpSettings;
import io.millrace.http.internal.client.ClientResolver;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final ConnectionLimiter limiter =
            new ConnectionLimiter(HttpSettings.Limits.DEFAULT, new ClientResolver(HttpSettings.Trust.DEFAULT));
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final EmbeddedChannel listener = new EmbeddedChannel(new Admission(limiter, loop.eventLoop()));
    private final List<NioSocketChannel> accepted = new ArrayList<>();

    @AfterEach
    void close() {
        accepted.forEach(channel -> channel.unsafe().closeForcibly());
        listener.finishAndReleaseAll();
        loop.finishAndReleaseAll();
    }

    private void connect(String address) throws UnknownHostException {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(address), 40_000);
        NioSocketChannel channel = new NioSocketChannel() {
            @Override
            public InetSocketAddress remoteAddress() {
                return from;
            }
        };
        accepted.add(channel);
        listener.writeInbound(channel);
    }

    private void flood(int connections) throws UnknownHostException {
        for (int i = 0; i < connections; i++) {
            connect("198.51.100." + (1 + i % 250));
        }
    }

    /** Where those are from that have been handed over since the last look. */
    private List<String> handedOver() {
        List<String> from = new ArrayList<>();
        for (NioSocketChannel next = listener.readInbound(); next != null; next = listener.readInbound()) {
            from.add(next.remoteAddress().getAddress().getHostAddress());
        }
        return from;
    }

    private void takeUp() {
        loop.runPendingTasks();
        listener.runPendingTasks();
        listener.advanceTimeBy(20, TimeUnit.MILLISECONDS);
        listener.runScheduledPendingTasks();
    }

    @Test
    void handsOverNoMoreThanTheLoopTakesUp() throws Exception {
        flood(100);
        assertThat(handedOver()).hasSize(32);
        flood(1);
        assertThat(handedOver()).isEmpty();
        takeUp();
        assertThat(handedOver()).hasSize(32);
    }

    @Test
    void whoComesRarelyGoesBeforeThoseOfWhoseNetworkManyWait() throws Exception {
        flood(1_000);
        handedOver();
        connect("203.0.113.7");
        connect("2001:db8:77::1");
        takeUp();
        assertThat(handedOver()).startsWith("203.0.113.7", "2001:db8:77:0:0:0:0:1");
    }

    @Test
    void aTrustedProxyGoesBeforeEverybody() throws Exception {
        flood(1_000);
        handedOver();
        connect("203.0.113.7");
        connect("127.0.0.1");
        takeUp();
        assertThat(handedOver()).startsWith("127.0.0.1", "203.0.113.7");
    }

    @Test
    void handsOverWhoWaitsWhenTheServerListensNoMore() throws Exception {
        flood(100);
        listener.close();
        assertThat(handedOver()).hasSize(100);
    }

    @Test
    void closesThoseThatAreTooMany() throws Exception {
        for (int i = 0; i <= HttpSettings.Limits.DEFAULT.connectionsPerAddress(); i++) {
            connect("203.0.113.7");
        }
        assertThat(accepted.get(accepted.size() - 1).isOpen()).isFalse();
        assertThat(limiter.open()).isEqualTo(HttpSettings.Limits.DEFAULT.connectionsPerAddress());
    }
}
