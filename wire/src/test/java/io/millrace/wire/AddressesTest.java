package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "::1, ::1",
        "::, ::",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201"
    })
    void readsAnAddressAndWritesItInOneWay(String text, String written) {
        assertThat(Addresses.text(Addresses.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "::::",
                ":",
                "1.2.3",
                "127.1",
                "2130706433",
                "1.2.3.256",
                "1.2.3.4.5",
                "01.2.3.4",
                "0x7f.0.0.1",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4:80",
                "[::1]",
                "fe80::1%eth0",
                "fe80::1%25lo",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::1",
                "g::1",
                "::1.2.3",
                "localhost",
                "unknown",
                "\uFF11.2.3.4",
                "1.2.3.4\u0000"
            })
    void takesNothingElse(String text) {
        assertThat(Addresses.parse(text)).isNull();
    }

    @Test
    void countsAnIpv4AddressAndAnIpv6NetworkAsOneClient() {
        assertThat(Addresses.network("2001:db8::1")).isEqualTo(Addresses.network("2001:DB8:0:0:ffff::2"));
        assertThat(Addresses.network("2001:db8::1")).isNotEqualTo(Addresses.network("2001:db8:0:1::1"));
        assertThat(Addresses.network("192.0.2.1")).isNotEqualTo(Addresses.network("192.0.2.2"));
        assertThat(Addresses.network("::ffff:192.0.2.1")).isEqualTo(Addresses.network("192.0.2.1"));
        assertThat(Addresses.network("nonsense")).isEqualTo("nonsense");
        assertThat(Addresses.network(null)).isEqualTo("null");
    }

    @Test
    void knowsTheMachineItself() {
        assertThat(Addresses.isLoopback(Addresses.parse("127.8.9.1"))).isTrue();
        assertThat(Addresses.isLoopback(Addresses.parse("::1"))).isTrue();
        assertThat(Addresses.isLoopback(Addresses.parse("::2"))).isFalse();
        assertThat(Addresses.isLoopback(Addresses.parse("126.0.0.1"))).isFalse();
    }
}
