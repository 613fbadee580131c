package io.millrace.dashboard.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSignatureTest {
    private static final long NOW = 1_773_144_000_000L;
    private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);
    private static final List<String> SECRETS = List.of("whsec_old", "whsec_new");

    /** The vectors that Stripe's library for Node publishes with its tests, under the secret {@code test_secret}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'' | f7f9bd47fb987337b5796fdc1fdb9ba221d0d5396814bfcaf9521f43fd8927fd",
                "{\"obj1\":\"hello\",\"obj2\":\"world\"} | bebb1a643997f419b315ddba19e6f5411e1ce7f810ba6d3617ce72823092f363",
                "\ud83d\ude00 | 837da296d05c4fe31f61d5d7ead035099d9585a5bcde87de952012a78f0b0c43"
            })
    void signsAsStripeDoes(String payload, String signature) {
        byte[] signed = StripeSignature.hmac("test_secret", payload.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(signed)).isEqualTo(signature);
    }

    private static String signature(String secret, long seconds) {
        byte[] signed = (seconds + "." + new String(BODY, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(StripeSignature.hmac(secret, signed));
    }

    private static boolean fits(String header) {
        return StripeSignature.fits(header, BODY, SECRETS, NOW);
    }

    @Test
    void takesAnyOfTheSignaturesUnderAnyOfTheSecrets() {
        long t = NOW / 1000;
        String none = "0".repeat(64);
        assertThat(fits("t=" + t + ",v1=" + signature("whsec_new", t))).isTrue();
        assertThat(fits("t=" + t + ", v1=" + none + ",v1=" + signature("whsec_old", t) + ",v0=" + none))
                .isTrue();
        assertThat(fits("t=" + t + ",v1=" + signature("whsec_other", t))).isFalse();
        assertThat(fits("t=" + t + ",v0=" + signature("whsec_new", t)))
                .as("a scheme of tests")
                .isFalse();
        assertThat(StripeSignature.fits("t=" + t + ",v1=" + signature("whsec_new", t), new byte[2], SECRETS, NOW))
                .isFalse();
    }

    @Test
    void takesWhatIsFiveMinutesFromNowAtMost() {
        for (long seconds : new long[] {-300, 300, -301, 301}) {
            long t = NOW / 1000 + seconds;
            assertThat(fits("t=" + t + ",v1=" + signature("whsec_new", t)))
                    .as("%d seconds", seconds)
                    .isEqualTo(Math.abs(seconds) == 300);
        }
        long t = NOW / 1000;
        assertThat(fits("t=" + (t + 1) + ",v1=" + signature("whsec_new", t)))
                .as("the time is signed, too")
                .isFalse();
    }

    @Test
    void refusesWhatIsNoSignature() {
        long t = NOW / 1000;
        String right = signature("whsec_new", t);
        for (String header : new String[] {
            null,
            "",
            ",",
            "t",
            "v1",
            "t=,v1=" + right,
            "v1=" + right,
            "t=" + t,
            "t=" + t + ",v1=",
            "t=" + t + ",v1=" + right.substring(1),
            "t=" + t + ",v1=" + right + "0",
            "t=" + t + ",t=" + t + ",v1=" + right,
            "t=-" + t + ",v1=" + right,
            "t=99999999999999999999,v1=" + right,
            "t=" + t + ".0,v1=" + right
        }) {
            assertThat(fits(header)).as(header).isFalse();
        }
    }
}
