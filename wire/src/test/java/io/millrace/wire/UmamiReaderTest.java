package io.millrace.wire;

import static io.millrace.wire.OneBeacon.beacon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import org.junit.jupiter.api.Test;

/** What Umami's tracker sends. */
class UmamiReaderTest {
    private static final String UUID = "6F1F0F3C-1d2e-4b5a-9c8d-0123456789ab";

    private static Draft umami(String payload) {
        return umami(payload, false);
    }

    private static Draft umami(String payload, boolean trusted) {
        byte[] bytes = ("{'type':' event ','payload':{'website':'" + UUID + "'," + payload + "}}")
                .replace('\'', '"')
                .getBytes(UTF_8);
        return new UmamiReader().read(bytes, bytes.length, trusted).members().get(0);
    }

    @Test
    void umamisFragmentIsPartOfThePath() {
        assertThat(beacon(umami("'hostname':'e','url':'/app?a=1#/route'")).pathname())
                .isEqualTo("/app#/route");
        assertThat(beacon(umami("'hostname':'e','url':'/app?a=1#/route'")).url())
                .isEqualTo("https://e/app?a=1#/route");
    }

    @Test
    void umamisPathNeedsNoSlash() {
        assertThat(beacon(umami("'hostname':'e','url':'virtual/page'")).url()).isEqualTo("https://e/virtual/page");
        assertThat(beacon(umami("'url':'/a'")).url()).isEqualTo("https://site.example/a");
        assertThat(beacon(umami("'url':''")).url()).isEqualTo("https://site.example/");
        assertThat(beacon(umami("'url':' ','id':' '")).url()).isEqualTo("https://site.example/");
    }

    @Test
    void umamisRevenueIsMoneyAndStaysAProperty() {
        Beacon b = beacon(umami("'url':'/','name':'buy','data':{'revenue':19.999,'currency':'usd','plan':'pro'}"));
        assertThat(b.type()).isEqualTo(Beacon.Type.EVENT);
        assertThat(b.revenue()).isEqualTo(new Money(2000, "USD"));
        assertThat(b.props()).containsEntry("plan", "pro").containsEntry("revenue", "19.999");
    }

    @Test
    void umamisFieldThatIsWrongIsNamedAsUmamiNamesIt() {
        assertThat(umami("'url':true").error().field()).isEqualTo("url");
        assertThat(umami("'hostname':'e'").error().field()).isEqualTo("url");
        assertThat(umami("'url':'https://[::1'").error().field()).isEqualTo("url");
        assertThat(umami("'url':'/a','url':'/b'").error()).isEqualTo(FieldError.twice("url"));
        assertThat(umami("'url':'/a','website':'x'").error()).isEqualTo(FieldError.twice("website"));
        assertThat(umami("'url':'/a','timestamp':null,'ip':null").cleaned()).isEmpty();
        assertThat(umami("'url':'/a','timestamp':1763600000").cleaned()).hasToString("[timestamp=needs_key]");
        Draft toCome = umami("'url':'/a','timestamp':1763600000", true);
        toCome.toBeacon(1, 1_700_000_000_000L, null, null, Place.UNKNOWN);
        assertThat(toCome.cleaned()).hasToString("[timestamp=cut]");
    }

    @Test
    void umamisWebsiteIsFoundInWhateverCase() {
        assertThat(umami("'url':'/','screen':'1920x1080'").site()).isEqualToIgnoringCase(UUID);
        assertThat(beacon(umami("'url':'/','screen':'1920x1080'")).screenWidth())
                .isEqualTo(1920);
        assertThat(beacon(umami("'url':'/','screen':'390 X 844'")).screenHeight())
                .isEqualTo(844);
    }
}
