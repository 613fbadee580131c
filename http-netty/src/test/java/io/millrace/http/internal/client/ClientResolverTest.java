package io.millrace.http.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Place;
import io.millrace.http.HttpSettings.Forwarding;
import io.millrace.http.HttpSettings.Geo;
import io.millrace.http.HttpSettings.Trust;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientResolverTest {
    private static final List<String> PROXIES = List.of("loopback", "10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7");

    private static Client client(Trust trust, String peer, HttpHeaders headers) {
        ClientResolver clients = new ClientResolver(trust);
        return clients.of(clients.peer(address(peer)), headers);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1    | 203.0.113.5                          | 203.0.113.5",
                "127.0.0.1    | 203.0.113.5, 198.51.100.1            | 198.51.100.1",
                "127.0.0.1    | 203.0.113.5, 10.1.2.3                | 203.0.113.5",
                "127.0.0.1    | 10.1.1.1, 10.1.2.3                   | 10.1.1.1",
                "127.0.0.1    | evil, 203.0.113.5                    | 203.0.113.5",
                "127.0.0.1    | 203.0.113.5, evil                    | 127.0.0.1",
                "127.0.0.1    | 203.0.113.5, evil, 10.0.0.1          | 10.0.0.1",
                "127.0.0.1    | 203.0.113.5:4711                     | 203.0.113.5",
                "127.0.0.1    | [2001:db8::5]:4711                   | 2001:db8::5",
                "127.0.0.1    | 2001:db8:1::9                        | 2001:db8:1::9",
                "127.0.0.1    | 203.0.113.9, 2001:db8:1::9           | 203.0.113.9",
                "127.0.0.1    | ::ffff:203.0.113.5                   | 203.0.113.5",
                "::1          | 203.0.113.5                          | 203.0.113.5",
                "192.0.2.7    | 203.0.113.5                          | 203.0.113.5",
                "192.0.2.8    | 203.0.113.5                          | 192.0.2.8",
                "127.0.0.1    | ''                                   | 127.0.0.1",
                "127.0.0.1    | 203.0.113.9,                         | 203.0.113.9",
                "127.0.0.1    | ', ,203.0.113.9 , ,'                 | 203.0.113.9",
                "127.0.0.1    | ','                                  | 127.0.0.1",
                "127.0.0.1    | ::::                                 | 127.0.0.1",
                "127.0.0.1    | localhost                            | 127.0.0.1",
            })
    void theClientIsTheRightMostHopThatIsNotTrusted(String peer, String forwarded, String expected) {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded);
        Client client = client(new Trust(PROXIES, Forwarding.X_FORWARDED_FOR, Geo.NONE), peer, headers);
        assertThat(client.address()).isEqualTo(expected);
        assertThat(client.exempt()).isFalse();
    }

    @Test
    void severalHeaderLinesAreOneList() {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("X-Forwarded-For", "1.1.1.1").add("x-forwarded-for", "2.2.2.2");
        assertThat(client(Trust.DEFAULT, "127.0.0.1", headers).address()).isEqualTo("2.2.2.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.5;proto=https                 | 203.0.113.5",
                "For=\"[2001:db8::5]:80\";by=10.0.0.1        | 2001:db8::5",
                "for=198.51.100.2, by=10.0.0.1;for=10.9.9.9  | 198.51.100.2",
                "for=_hidden                                 | 127.0.0.1",
                "for=unknown, for=10.0.0.3                   | 10.0.0.3",
                "proto=https                                 | 127.0.0.1",
            })
    void readsTheStandardHeaderWhenThatOneIsConfigured(String forwarded, String expected) {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("Forwarded", forwarded).add("X-Forwarded-For", "9.9.9.9");
        Trust trust = new Trust(PROXIES, Forwarding.FORWARDED, Geo.NONE);
        assertThat(client(trust, "127.0.0.1", headers).address()).isEqualTo(expected);
    }

    @Test
    void onlyDirectLoopbackPeersAreExempt() {
        HttpHeaders none = new DefaultHttpHeaders();
        assertThat(client(Trust.DEFAULT, "127.0.0.1", none).exempt()).isTrue();
        assertThat(client(Trust.DEFAULT, "::1", none).exempt()).isTrue();
        assertThat(client(Trust.DEFAULT, "192.0.2.1", none).exempt()).isFalse();
        HttpHeaders claimed = new DefaultHttpHeaders().add("X-Forwarded-For", "127.0.0.1");
        assertThat(client(Trust.DEFAULT, "127.0.0.1", claimed).exempt()).isFalse();
    }

    @Test
    void theRateKeyOfIpv6IsItsNetworkOf64Bits() {
        HttpHeaders none = new DefaultHttpHeaders();
        long first = client(Trust.DEFAULT, "2001:db8:1:2::1", none).rateKey();
        assertThat(client(Trust.DEFAULT, "2001:db8:1:2:ffff::9", none).rateKey())
                .isEqualTo(first);
        assertThat(client(Trust.DEFAULT, "2001:db8:1:3::1", none).rateKey()).isNotEqualTo(first);
        assertThat(client(Trust.DEFAULT, "192.0.2.1", none).rateKey())
                .isNotEqualTo(client(Trust.DEFAULT, "192.0.2.2", none).rateKey());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "CLOUDFLARE | cf-ipcountry              | DE | cf-region-code                   | BY | cf-ipcity      "
                        + "        | MÃ¼nchen     | München",
                "VERCEL     | x-vercel-ip-country       | DE | x-vercel-ip-country-region       | BY |"
                        + " x-vercel-ip-city       | M%C3%BCnchen | München",
                "CLOUDFRONT | cloudfront-viewer-country | DE | cloudfront-viewer-country-region | BY |"
                        + " cloudfront-viewer-city | M%C3%BCnchen | München",
                "FASTLY     | fastly-geo-country        | de | fastly-geo-region                | BY | fastly-geo-city"
                        + "        | Bonn         | Bonn",
                "FASTLY     | fastly-geo-country        | DE | fastly-geo-region                | BY | fastly-geo-city"
                        + "        | ?            | -",
                "FLY        | fly-client-country        | DE | fly-region                       | -  | fly-city       "
                        + "        | Bonn         | -",
            })
    void believesTheGeoHeadersOfTheConfiguredVendor(
            Geo vendor, String country, String de, String region, String by, String city, String sent, String read) {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add(country, de)
                .add(region, by == null ? "fra" : by)
                .add(city, sent);
        Trust trust = new Trust(PROXIES, Forwarding.X_FORWARDED_FOR, vendor);
        assertThat(client(trust, "127.0.0.1", headers).place())
                .isEqualTo(new Place("DE", by == null ? null : "DE-" + by, read));
        assertThat(client(trust, "127.0.0.1", headers).behindTrusted()).isTrue();
        assertThat(client(trust, "203.0.113.1", headers).behindTrusted()).isFalse();
        assertThat(client(trust, "203.0.113.1", headers).place()).isEqualTo(Place.UNKNOWN);
        assertThat(client(Trust.DEFAULT, "127.0.0.1", headers).place()).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void takesNoCountryForWhatFastlyDoesNotKnow() {
        Trust trust = new Trust(PROXIES, Forwarding.X_FORWARDED_FOR, Geo.FASTLY);
        HttpHeaders headers =
                new DefaultHttpHeaders().add("fastly-geo-country", "?").add("fastly-geo-city", "bonn");
        assertThat(client(trust, "127.0.0.1", headers).place()).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void takesNoCountryForWhatIsNone() {
        Trust trust = new Trust(PROXIES, Forwarding.X_FORWARDED_FOR, Geo.CLOUDFLARE);
        for (String code : List.of("XX", "T1", "DEU", "", "1A")) {
            HttpHeaders headers = new DefaultHttpHeaders().add("cf-ipcountry", code);
            assertThat(client(trust, "127.0.0.1", headers).place()).isEqualTo(Place.UNKNOWN);
        }
    }

    @Test
    void refusesProxiesThatAreNoNetworks() {
        for (String wrong : List.of("proxy.example", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "")) {
            assertThatThrownBy(() -> new Networks(List.of(wrong))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
