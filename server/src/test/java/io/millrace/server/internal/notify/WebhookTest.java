package io.millrace.server.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.engine.spi.AccountStore.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
    private static final Notice NOTICE = new Notice(
            "spike-1-1",
            Topic.SPIKE,
            "example.com",
            NOW,
            "example.com: <more>",
            "90 & more\n",
            "<p>",
            Map.of("visitors", 90L));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://[::1]/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::a00:1]/",
                "http://[2002:a00:1::]/",
                "http://2130706433/",
                "http://255.255.255.255/"
            })
    void leadsIntoNoPrivateNetwork(String target) {
        assertThat(new Webhook(false).refusal(target)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://192.0.2.1/",
                "file:///etc/passwd",
                "https://",
                "no",
                "http://user@192.0.2.1/",
                "https://192.0.2.1:99999/",
                "https://192.0.2.1:0/"
            })
    void leadsNowhereElse(String target) {
        assertThat(new Webhook(true).refusal(target)).startsWith("must be");
    }

    @Test
    void postsToPublicAddresses() {
        assertThat(new Webhook(false).refusal("https://93.184.216.34/hook")).isNull();
        assertThat(new Webhook(false).refusal("https://[2606:2800:220:1::1]/hook"))
                .isNull();
    }

    @Test
    void isSignedAndFollowsNobody() throws Exception {
        List<String> got = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(exchange.getRequestHeaders().getFirst("X-Millrace-Signature"));
            got.add(body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/hook");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            byte[] secret = "secret".getBytes(StandardCharsets.US_ASCII);
            byte[] body = Webhook.json(NOTICE);
            new Webhook(true).post(url + "/hook", body, NOTICE.id(), secret, NOW);
            assertThat(got.get(0))
                    .isEqualTo(Webhook.signature(body, secret, NOW))
                    .startsWith("t=1772431200,v1=");
            assertThat(got.get(1))
                    .isEqualTo(
                            "{\"id\":\"spike-1-1\",\"type\":\"spike\",\"site\":\"example.com\",\"time\":\"2026-03-02T06:00:00Z\","
                                    + "\"title\":\"example.com: <more>\",\"text\":\"90 & more\\n\",\"figures\":{\"visitors\":90}}");
            assertThatThrownBy(() -> new Webhook(true).post(url + "/moved", body, "x", secret, NOW))
                    .hasMessage("it answered 302");
            assertThatThrownBy(() -> new Webhook(false).post(url + "/hook", body, "x", secret, NOW))
                    .hasMessageContaining("leads into a private network");
        } finally {
            server.stop(0);
        }
        assertThat(got).hasSize(2);
    }

    @Test
    void hasTheShapeOfSlack() {
        assertThat(new String(Webhook.slack(NOTICE), StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":\"*example.com: &lt;more&gt;*\\n90 &amp; more\\n\"}");
    }
}
