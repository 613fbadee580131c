package io.millrace.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the trackers of Plausible, Umami and GoatCounter send, and the pixel. */
class DialectsTest {
    private static final String UUID = "6F1F0F3C-1d2e-4b5a-9c8d-0123456789ab";

    private static Body plausible(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return new PlausibleReader().read(bytes, bytes.length);
    }

    private static Draft umami(String payload) {
        byte[] bytes = ("{'type':'event','payload':{'website':'" + UUID + "'," + payload + "}}")
                .replace('\'', '"')
                .getBytes(UTF_8);
        return new UmamiReader().read(bytes, bytes.length, false).members().get(0);
    }

    private static Beacon beacon(Draft draft) {
        assertThat(draft.error()).isNull();
        draft.pageHost("site.example");
        return draft.toBeacon(1, 0, null, null, Place.UNKNOWN).build();
    }

    private static Draft first(Body body) {
        assertThat(body.error()).isNull();
        return body.members().get(0);
    }

    @Test
    void plausiblesPageViewIsOurs() {
        Draft draft = first(
                plausible(
                        "{'n':'pageview','u':'https://www.example.com/a?utm_source=x','d':'www.Example.com','r':'https://r/'}"));
        assertThat(draft.site()).isEqualTo("example.com");
        assertThat(beacon(draft).url()).isEqualTo("https://www.example.com/a?utm_source=x");
        assertThat(beacon(draft).referrer()).isEqualTo("https://r/");
    }

    @Test
    void plausiblesDomainIsThePagesWhenThereIsNone() {
        assertThat(first(plausible("{'n':'pageview','u':'https://www.example.com:8080/a'}"))
                        .site())
                .isEqualTo("example.com");
        assertThat(first(plausible("{'n':'pageview','u':'/a'}")).error().field())
                .isEqualTo("domain");
    }

    @Test
    void plausiblesDomainListMakesAnEventForEach() {
        List<Draft> members = plausible("{'n':'Buy','u':'https://e/','d':'a.example, www.b.example',"
                        + "'$':{'amount':3.3000000000000003,'currency':'EUR'},'p':'{\\'plan\\':1}'}"
                                .replace("\\'", "\\\""))
                .members();
        assertThat(members).extracting(Draft::site).containsExactly("a.example", "b.example");
        assertThat(members).allSatisfy(m -> {
            assertThat(beacon(m).revenue()).isEqualTo(new Money(330, "EUR"));
            assertThat(beacon(m).props()).isEqualTo(Map.of("plan", "1"));
        });
    }

    @Test
    void plausiblesHashModeCountsTheFragmentAsPath() {
        String page = "'n':'pageview','u':'https://e/app?x=1#/pricing','d':'e'";
        assertThat(beacon(first(plausible("{" + page + ",'h':1}"))).pathname()).isEqualTo("/app#/pricing");
        assertThat(beacon(first(plausible("{" + page + ",'hashMode':true}"))).pathname())
                .isEqualTo("/app#/pricing");
        assertThat(beacon(first(plausible("{" + page + ",'h':0}"))).pathname()).isNull();
        assertThat(beacon(first(plausible("{" + page + "}"))).pathname()).isNull();
    }

    @Test
    void plausiblesMoneyMayBeJsonInAText() {
        String text = "{\'amount\':20.2,\'currency\':\'EUR\'}".replace("\'", "\\\"");
        assertThat(beacon(first(plausible("{'n':'Buy','u':'https://e/','d':'e','$':'" + text + "'}")))
                        .revenue())
                .isEqualTo(new Money(2020, "EUR"));
    }

    @Test
    void plausiblesUnreadableMoneyDoesNotCostTheEvent() {
        Draft draft = first(plausible("{'n':'Buy','u':'https://e/','d':'e','$':{'amount':'x','currency':'EUR'}}"));
        assertThat(beacon(draft).revenue()).isNull();
        assertThat(draft.cleaned()).hasToString("[revenue=unreadable]");
    }

    @Test
    void whoSaysThatAnEventLeavesItsVisitABounceIsToldThatThisIsNotKept() {
        String event = "{'n':'Seen','u':'https://e/','d':'e','i':";
        assertThat(first(plausible(event + "false}")).cleaned()).hasToString("[interactive=unreadable]");
        assertThat(first(plausible(event + "true}")).cleaned()).isEmpty();
        assertThat(first(plausible(event + "null}")).cleaned()).isEmpty();
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
    }

    @Test
    void umamisRevenueIsMoneyAndStaysAProperty() {
        Beacon b = beacon(umami("'url':'/','name':'buy','data':{'revenue':19.999,'currency':'usd','plan':'pro'}"));
        assertThat(b.type()).isEqualTo(Beacon.Type.EVENT);
        assertThat(b.revenue()).isEqualTo(new Money(2000, "USD"));
        assertThat(b.props()).containsEntry("plan", "pro").containsEntry("revenue", "19.999");
    }

    @Test
    void umamisWebsiteIsFoundInWhateverCase() {
        assertThat(umami("'url':'/','screen':'1920x1080'").site()).isEqualToIgnoringCase(UUID);
        assertThat(beacon(umami("'url':'/','screen':'1920x1080'")).screenWidth())
                .isEqualTo(1920);
        assertThat(beacon(umami("'url':'/','screen':'390 X 844'")).screenHeight())
                .isEqualTo(844);
    }

    private static Draft goat(String... pairs) {
        Map<String, List<String>> params = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            params.put(pairs[i], List.of(pairs[i + 1]));
        }
        return GoatCounter.read(params, 1, "e.example");
    }

    @Test
    void goatCountersBotIsABot() {
        assertThat(beacon(goat("p", "/a", "b", "150")).bot()).isTrue();
        assertThat(beacon(goat("p", "/a", "b", "0")).bot()).isFalse();
        assertThat(beacon(goat("p", "/a")).bot()).isFalse();
    }

    @Test
    void blanksAroundGoatCountersPathDoNotCount() {
        assertThat(beacon(goat("p", " /a ")).pathname()).isEqualTo("/a");
        assertThat(goat("p", " ").error().field()).isEqualTo("p");
    }

    @Test
    void goatCounterSendsPagesAndEvents() {
        Beacon page = beacon(goat("p", "a", "t", "T", "q", "utm_source=x", "s", "1024,768,2"));
        assertThat(page.pathname()).isEqualTo("/a");
        assertThat(page.url()).isEqualTo("https://e.example/?utm_source=x");
        assertThat(page.screenWidth()).isEqualTo(1024);
        Beacon event = beacon(goat("p", "click", "e", "true"));
        assertThat(event.type()).isEqualTo(Beacon.Type.EVENT);
        assertThat(event.name()).isEqualTo("click");
        assertThat(beacon(goat("p", "/click", "e", "true")).name()).isEqualTo("click");
        assertThat(goat("p", "/", "e", "true").error().field()).isEqualTo("name");
        assertThat(goat("t", "T").error().field()).isEqualTo("p");
    }

    @Test
    void aPixelIsAPageViewOfThePageThatShowsIt() {
        Map<String, List<String>> params = Map.of("site", List.of("WWW.e.example"), "t", List.of("x".repeat(513)));
        Draft draft = Pixel.read(params, "https://e.example/a");
        assertThat(draft.site()).isEqualTo("e.example");
        assertThat(beacon(draft).url()).isEqualTo("https://e.example/a");
        assertThat(draft.cleaned()).hasToString("[t=cut]");
        assertThat(Pixel.read(Map.of("site_id", List.of("x")), "https://e/")
                        .error()
                        .field())
                .isEqualTo("site_id");
        assertThat(Pixel.read(Map.of("site_id", List.of("1")), null).error().field())
                .isEqualTo("u");
    }
}
