package io.millrace.http.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Place;
import io.millrace.http.HttpSettings;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.client.ClientResolver;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ProxyWarningTest {
    private final ProxyWarning sole = new ProxyWarning(warning -> {});

    private int warnings(String... addresses) {
        int warnings = 0;
        for (int i = 0; i < 3_000; i++) {
            warnings += sole.saw(new Client(addresses[i % addresses.length], 1, false, false, false, Place.UNKNOWN))
                    ? 1
                    : 0;
        }
        return warnings;
    }

    @Test
    void warnsOnceWhenAllBeaconsComeFromOnePrivateAddress() {
        assertThat(warnings("172.17.0.1")).isEqualTo(1);
    }

    @Test
    void doesNotWarnOfSeveralAddressesOrAPublicOne() {
        assertThat(warnings("10.0.0.1", "10.0.0.2")).isZero();
        assertThat(new ProxyWarningTest().warnings("203.0.113.1")).isZero();
    }

    /** What nginx on the same machine sends of clients that come through a CDN. */
    private int warningsBehindNginx(String... forwarded) {
        ClientResolver clients = new ClientResolver(HttpSettings.Trust.DEFAULT);
        ClientResolver.Peer nginx = clients.peer(InetAddress.getLoopbackAddress());
        int warnings = 0;
        for (int i = 0; i < 100; i++) {
            HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded[i % forwarded.length]);
            warnings += sole.saw(clients.of(nginx, headers)) ? 1 : 0;
        }
        return warnings;
    }

    @Test
    void warnsOnceWhenACdnStandsBeforeTheProxyThatIsTrusted() {
        assertThat(warningsBehindNginx(
                        "203.0.113.1, 198.51.100.7", "203.0.113.2, 198.51.100.7", "203.0.113.3, 198.51.100.8"))
                .isEqualTo(1);
    }

    @Test
    void doesNotWarnOfClientsThatComeStraightToTheProxyEvenWhenSomeHaveTheirOwn() {
        assertThat(warningsBehindNginx("203.0.113.1", "203.0.113.2, 198.51.100.7", "203.0.113.3"))
                .isZero();
    }

    @Test
    void knowsPrivateAddresses() {
        for (String address : new String[] {
            "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.31.0.1", "100.64.0.1", "::1", "fd00::1", "fe80::1"
        }) {
            assertThat(ProxyWarning.isPrivate(address)).as(address).isTrue();
        }
        for (String address :
                new String[] {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1", "192.169.0.1", "x"}) {
            assertThat(ProxyWarning.isPrivate(address)).as(address).isFalse();
        }
    }
}
