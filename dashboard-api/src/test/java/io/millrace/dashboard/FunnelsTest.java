package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Funnels: defined at any time, taken by what was stored before and after. */
class FunnelsTest extends ApiFixture {
    private static final String HOME = "{\"page\":\"/\"}";
    private static final String PRICES = "{\"page\":\"/pricing*\"}";
    private static final String SIGN_UP = "{\"event\":\"Signup\"}";

    private String funnels;

    @BeforeEach
    void visit() {
        funnels = "/api/sites/" + site.id() + "/funnels";
        seen("ann", "/");
        seen("bob", "/");
        pass(Duration.ofSeconds(10));
        seen("ann", "/pricing");
        pass(Duration.ofSeconds(20));
        seen("bob", "/docs");
        seen("bob", "/pricing/eu");
        signUp("ann", "pro");
        put(Beacon.pageview(site.id())
                .url("https://example.com/")
                .referrer("https://news.example/")
                .address("192.0.2.9")
                .userAgent("Mozilla/5.0"));
        put(page("cat", "/pricing").referrer("https://news.example/"));
        pass(Duration.ofHours(2));
        signUp("bob", "free");
        put(page("cat", "/").referrer("https://news.example/"));
    }

    private void seen(String visitor, String path) {
        put(page(visitor, path));
    }

    private void signUp(String visitor, String plan) {
        put(Beacon.event(site.id(), "Signup")
                .url("https://example.com/signup")
                .props(Map.of("plan", plan))
                .visitorId(visitor)
                .address("192.0.2.7"));
    }

    private Object add(String json) {
        Client.Answer added = admin.send("POST", funnels, json);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.at("id");
    }

    private static String funnel(String more, String... steps) {
        return "{\"name\":\"Way\",\"steps\":[" + String.join(",", steps) + "]" + more + "}";
    }

    private Client.Answer get(String more) {
        Client.Answer answer = reader.get(path("funnel?period=today&funnel=Way&" + more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static void assertRows(Client.Answer csv, String... rows) {
        assertThat(csv.text().lines().skip(1)).containsExactly(rows);
    }

    @Test
    void countsWhoTookEachStepInOneVisitAndHowLongItTook() {
        add(funnel("", HOME, PRICES, SIGN_UP));
        assertThat(get("format=csv").text())
                .startsWith("step,name,visitors,rate,dropOff,dropOffRate,averageSeconds,medianSeconds\r\n");
        assertRows(
                get("format=csv"),
                "1,/,4,100.0,0,0.0,,",
                "2,/pricing*,2,50.0,2,50.0,20,10",
                "3,Signup,1,25.0,1,50.0,20,20");
        assertThat(get("").at("cookieless")).isEqualTo(0L);
    }

    @Test
    void countsOverDaysThoseWhoHaveIdsAndTellsWhoIsLeftOut() {
        add(funnel(",\"days\":7", HOME, PRICES, SIGN_UP));
        assertRows(
                get("format=csv"),
                "1,/,3,100.0,0,0.0,,",
                "2,/pricing*,2,66.67,1,33.33,20,10",
                "3,Signup,2,66.67,0,0.0,3610,20");
        assertThat(get("").at("visitors")).isEqualTo(4L);
        assertThat(get("").at("cookieless")).isEqualTo(1L);
        assertThat(get("").at("cookielessShare")).hasToString("25.0");
    }

    @Test
    void takesNothingBetweenWhereEachStepMustBeTheNext() {
        Object id = add(funnel(",\"strict\":true", HOME, PRICES));
        assertRows(get("format=csv"), "1,/,4,100.0,0,0.0,,", "2,/pricing*,1,25.0,3,75.0,10,10");
        assertThat(admin.send("PUT", funnels + "/" + id, "{\"strict\":false}").at("strict"))
                .isEqualTo(false);
        assertThat(get("").at("steps.1.visitors")).isEqualTo(2L);
    }

    @Test
    void isBrokenDownByTheValueOfTheFirstStepAndNarrowedByFilters() {
        add(funnel("", HOME, PRICES));
        String rows = "format=csv&table=rows&dimension=source";
        assertThat(get(rows).text()).startsWith("name,entered,completed,rate\r\n");
        assertRows(get(rows), "Direct,2,2,100.0", "news.example,2,0,0.0");
        assertRows(get(rows + "&limit=1&source=news.example"), "news.example,2,0,0.0");
        assertThat(get("dimension=source").at("rows.0.visitors")).isEqualTo(List.of(2L, 2L));
        assertThat(get("source=news.example").at("steps.0.visitors")).isEqualTo(2L);
    }

    @Test
    void takesGoalsAsStepsByNameAndKeepsThem() {
        String goals = "/api/sites/" + site.id() + "/goals";
        Object goal = admin.send("POST", goals, "{\"name\":\"Pro\",\"event\":\"Signup\",\"props\":{\"plan\":\"pro\"}}")
                .at("id");
        Object id = add(funnel("", HOME, "{\"goal\":\"Pro\"}"));
        assertThat(get("").at("steps.1.name")).isEqualTo("Pro");
        assertThat(get("").at("steps.1.visitors")).isEqualTo(1L);
        assertThat(get("").at("funnel.steps.1.goal")).isEqualTo(goal);
        Client.Answer refused = admin.send("DELETE", goals + "/" + goal, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("error.message")).asString().contains("the funnel Way uses this goal");
        assertThat(admin.send("DELETE", funnels + "/" + id, "").status()).isEqualTo(204);
        assertThat(admin.send("DELETE", goals + "/" + goal, "").status()).isEqualTo(204);
        assertThat(reader.get(path("funnel?funnel=Way")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"name":"Way"}                                                       | steps
        {"name":"Way","steps":[{"page":"/"}]}                                | steps
        {"name":"Way","steps":[{"page":"/"},{}]}                             | steps
        {"name":"Way","steps":[{"page":"/"},{"path":"/"}]}                   | steps[1].path
        {"name":"Way","steps":[{"page":"/"},{"goal":"none"}]}                | steps[1].goal
        {"name":"Way","steps":[{"page":"/"},{"props":{"plan":"pro"}}]}       | steps
        {"name":"Way","steps":"page"}                                        | steps
        {"name":"7","steps":[{"page":"/"},{"page":"/"}]}                     | name
        {"name":"Way","days":91,"steps":[{"page":"/"},{"page":"/"}]}         | days
        {"steps":[{"page":"/"},{"page":"/"}]}                                | name
        """)
    void refusesWhatIsNoFunnelAndNamesTheField(String json, String field) {
        Client.Answer answer = admin.send("POST", funnels, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.at("error.field")).isEqualTo(field);
        assertThat(reader.get(funnels).at("funnels")).isEqualTo(List.of());
    }

    @Test
    void refusesASecondOfTheSameName() {
        add(funnel("", HOME, PRICES));
        assertThat(admin.send("POST", funnels, funnel("", HOME, SIGN_UP)).status())
                .isEqualTo(409);
        assertThat(reader.get(funnels).at("funnels.0.steps.1.name")).isEqualTo("/pricing*");
    }
}
