package io.millrace.wire;

import static io.millrace.wire.OneBeacon.beacon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Plausible's tracker sends. */
class PlausibleReaderTest {
    private static Body plausible(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return new PlausibleReader().read(bytes, bytes.length);
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
    void whatNamesPlausiblesSiteAndPageIsAText() {
        for (String wrong : List.of("true", "5", "['a.example']", "{}")) {
            assertThat(first(plausible("{'n':'pageview','u':'https://e/','d':" + wrong + "}"))
                            .error()
                            .field())
                    .isEqualTo("domain");
            assertThat(first(plausible("{'n':'pageview','u':" + wrong + "}"))
                            .error()
                            .field())
                    .isEqualTo("url");
        }
        assertThat(first(plausible("{'n':'pageview','u':'https://e/','d':null}"))
                        .error())
                .isNull();
        assertThat(first(plausible("{'n':'pageview','u':'https://a.example/','u':'https://b.example/'}"))
                        .error())
                .isEqualTo(FieldError.twice("u"));
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
    void aCommaTooManyInPlausiblesDomainListNamesNoSite() {
        Body one = plausible("{'n':' pageview ','u':'https://e/','d':'a.example, '}");
        assertThat(one.array()).isFalse();
        assertThat(first(one).site()).isEqualTo("a.example");
        assertThat(beacon(first(one)).type()).isEqualTo(Beacon.Type.PAGEVIEW);
        assertThat(first(plausible("{'n':'pageview','u':'https://e.example/','d':' , '}"))
                        .site())
                .isEqualTo("e.example");
        assertThat(plausible("{'n':'pageview','u':'https://e/','d':'a.example,,b.example'}")
                        .members())
                .hasSize(2);
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
}
