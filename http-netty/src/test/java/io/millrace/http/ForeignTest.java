package io.millrace.http;

import static io.millrace.http.ServerFixture.get;
import static io.millrace.http.ServerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Money;
import io.millrace.engine.Outcome;
import io.millrace.engine.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trackers of Plausible, Umami and GoatCounter, as they are. */
@Timeout(60)
class ForeignTest {
    private static final String UUID = "b59e9c65-ae32-47f1-8400-119fcf4861c4";

    private final ServerFixture server = new ServerFixture();

    @BeforeEach
    void addSite() {
        server.engine.add(
                Site.of("third.net").with(site -> site.id(3).umamiId(UUID).goatcounterHost("goat.third.net")));
    }

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    private RawClient.Answer send(String path, String json, String... headers) {
        return server.ask(post(path, json.replace('\'', '"'), headers));
    }

    private Beacon taken() {
        return server.engine.taken().get(0);
    }

    @Test
    void takesAPageViewOfPlausible() {
        RawClient.Answer answer = send(
                "/api/event",
                "{'n':'pageview','v':22,'u':'https://example.com/a?utm_source=x','d':'example.com','r':null,'h':1}",
                "Content-Type: text/plain");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(taken().type()).isEqualTo(Beacon.Type.PAGEVIEW);
        assertThat(taken().url()).isEqualTo("https://example.com/a?utm_source=x");
    }

    @Test
    void takesAnEventOfPlausibleInLongNamesForTwoSites() {
        RawClient.Answer answer = send(
                "/api/event",
                "{'name':'Signup','url':'https://example.com/','domain':'example.com, other.org','props':{'plan':'pro',"
                        + "'deep':{}},'revenue':{'currency':'EUR','amount':'13.22'}}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(server.engine.taken()).extracting(Beacon::siteId).containsExactly(1, 2);
        assertThat(taken().name()).isEqualTo("Signup");
        assertThat(taken().props()).isEqualTo(Map.of("plan", "pro"));
        assertThat(taken().revenue()).isEqualTo(new Money(1322, "EUR"));
    }

    @Test
    void keepsAnEventOfPlausibleWithWrongRevenueAndTellsWhenItIsDropped() {
        server.engine.outcome(b -> new Outcome(Counter.FILTERED_BOT));
        RawClient.Answer answer = send(
                "/api/event",
                "{'n':'buy','u':'https://example.com/','d':'example.com','$':{'amount':'x','currency':1}}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-plausible-dropped")).isEqualTo("1");
        assertThat(taken().revenue()).isNull();
    }

    @Test
    void engagementOfPlausibleKeepsItsVisitAlive() {
        send("/api/event", "{'n':'engagement','sd':50,'e':4000,'u':'https://example.com/','d':'example.com'}");
        assertThat(taken().type()).isEqualTo(Beacon.Type.HEARTBEAT);
    }

    @Test
    void saysWhatPlausibleGotWrong() {
        assertThat(send("/api/event", "{'u':'https://e/','d':'example.com'}").body())
                .contains("name: required");
        assertThat(send("/api/event", "{'n':'pageview','d':'example.com'}").body())
                .contains("url: required");
        assertThat(send("/api/event", "{'n':'pageview','u':'/a'}").body()).contains("domain: required");
        assertThat(send("/api/event", "{'n':'pageview','u':'https://e/','d':'no.org'}")
                        .status())
                .isEqualTo(404);
        assertThat(send("/api/event", "{'n':'pageview','u':'data:text/html,x','d':'example.com'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesAPageViewOfUmami() {
        RawClient.Answer answer = send(
                "/api/send",
                "{'type':'event','payload':{'website':'" + UUID + "','url':'/p?x=1','hostname':'third.net','screen':"
                        + "'1920x1080','language':'de-DE','referrer':'','title':'T','ip':'9.9.9.9','timestamp':5}}",
                "x-umami-cache: forged");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"cache\":").contains("\"sessionId\":");
        assertThat(taken().siteId()).isEqualTo(3);
        assertThat(taken().url()).isEqualTo("https://third.net/p?x=1");
        assertThat(taken().screenWidth()).isEqualTo(1920);
        assertThat(taken().address()).isEqualTo("127.0.0.1");
        assertThat(taken().time()).isZero();
    }

    @Test
    void takesABatchOfUmami() {
        String event = "{'type':'event','payload':{'website':'" + UUID + "','name':'buy','data':{'a':1},'url':'/x',"
                + "'hostname':'third.net','id':'user-1'}}";
        RawClient.Answer answer = send(
                "/api/batch", "[" + event + ",{'type':'identify','payload':{'website':'" + UUID + "'}},{'type':'x'}]");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("\"accepted\":2").contains("\"index\":2");
        assertThat(taken().name()).isEqualTo("buy");
        assertThat(taken().visitorId()).isEqualTo("user-1");
        assertThat(taken().props()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void doesNotKnowOtherWebsitesOfUmami() {
        assertThat(send("/api/send", "{'type':'event','payload':{'website':'x','url':'https://e/'}}")
                        .status())
                .isEqualTo(404);
        assertThat(send("/api/send", "{'type':'event','payload':{'url':'https://e/'}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesAPageViewOfGoatcounterByItsHost() {
        RawClient.Answer answer = server.ask(
                "GET /count?p=%2Fa&t=Title&r=https%3A%2F%2Fr.example%2F&s=1440%2C900%2C2&q=%3Futm_source%3Dx&rnd=1"
                        + " HTTP/1.1\r\n"
                        + "Host: goat.third.net:8080\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("image/gif");
        assertThat(taken().siteId()).isEqualTo(3);
        assertThat(taken().pathname()).isEqualTo("/a");
        assertThat(taken().hostname()).isEqualTo("third.net");
        assertThat(taken().url()).isEqualTo("https://third.net/?utm_source=x");
        assertThat(taken().screenHeight()).isEqualTo(900);
    }

    @Test
    void takesAnEventOfGoatcounterByParameter() {
        assertThat(server.ask(post("/count?p=click-x&e=true&site=example.com", ""))
                        .status())
                .isEqualTo(200);
        assertThat(taken().type()).isEqualTo(Beacon.Type.EVENT);
        assertThat(taken().name()).isEqualTo("click-x");
        assertThat(server.ask(get("/count?site=example.com")).status()).isEqualTo(400);
        assertThat(server.ask(get("/count?p=x")).status()).isEqualTo(400);
        assertThat(server.ask(get("/count?p=%zz")).status()).isEqualTo(400);
    }
}
