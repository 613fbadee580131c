package io.millrace.dashboard.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.Keyring;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static byte[] secret(int length) {
        return "1234567890".repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Appendix B of RFC 6238. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void makesTheCodesOfTheStandard(long seconds, String sha1, String sha256, String sha512) {
        assertThat(Totp.code(secret(20), seconds / 30, 8, "HmacSHA1")).isEqualTo(sha1);
        assertThat(Totp.code(secret(32), seconds / 30, 8, "HmacSHA256")).isEqualTo(sha256);
        assertThat(Totp.code(secret(64), seconds / 30, 8, "HmacSHA512")).isEqualTo(sha512);
    }

    /** Appendix D of RFC 4226. */
    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314", "5, 254676", "9, 520489"})
    void makesTheCodesOfTheStandardBelow(long counter, String code) {
        assertThat(Totp.code(secret(20), counter, 6, "HmacSHA1")).isEqualTo(code);
    }

    @Test
    void takesTheCodeOfNowAndOfHalfAMinuteAroundOnce() {
        Totp totp = Totp.of(Keyring.of(new byte[32]), 1, "factor");
        long now = 1_800_000_000_000L;
        long step = now / 30_000;
        byte[] secret = java.util.Arrays.copyOf(Keyring.of(new byte[32]).derive("totp", "1 factor"), 20);

        assertThat(totp.match(Totp.code(secret, step, 6, "HmacSHA1"), now, -1)).isEqualTo(step);
        assertThat(totp.match(Totp.code(secret, step - 1, 6, "HmacSHA1"), now, -1))
                .isEqualTo(step - 1);
        assertThat(totp.match(Totp.code(secret, step + 1, 6, "HmacSHA1"), now, -1))
                .isEqualTo(step + 1);
        assertThat(totp.match(Totp.code(secret, step + 2, 6, "HmacSHA1"), now, -1))
                .isEqualTo(-1);
        assertThat(totp.match(Totp.code(secret, step, 6, "HmacSHA1"), now, step))
                .isEqualTo(-1);
        assertThat(totp.uri("Mill race", "ann@example.com"))
                .isEqualTo("otpauth://totp/Mill%20race:ann@example.com?secret=" + totp.text() + "&issuer=Mill%20race");
        assertThat(totp.text()).hasSize(32).matches("[A-Z2-7]+");
    }
}
