package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Goal;
import io.millrace.engine.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goals: defined at any time, completed by what was stored before and after. */
class GoalsTest extends ApiFixture {
    private String goals;

    @BeforeEach
    void visit() {
        goals = "/api/sites/" + site.id() + "/goals";
        put(page("ann", "/").id("1"));
        put(page("ann", "/thanks/1"));
        put(page("ann", "/thanks/2"));
        did("ann", "Signup", "pro");
        pass(Duration.ofHours(1));
        put(page("ann", "/").id("2"));
        put(page("bob", "/").id("3").referrer("https://news.example/"));
        did("bob", "Signup", "free");
        put(page("cat", "/pricing").id("4"));
        put(page("dan", "/pricing").referrer("https://news.example/").id("5"));
        read("bob", "3", 80, 12_000);
        read("cat", "4", 40, 60_000);
    }

    private void did(String visitor, String event, String plan) {
        put(Beacon.event(site.id(), event)
                .url("https://example.com/")
                .props(Map.of("plan", plan))
                .visitorId(visitor)
                .address("192.0.2.7"));
    }

    private void read(String visitor, String view, int scroll, long millis) {
        put(Beacon.of(site.id(), Beacon.Type.ENGAGEMENT)
                .visitorId(visitor)
                .address("192.0.2.7")
                .view(view)
                .scroll(scroll)
                .engagedMillis(millis));
    }

    private Object add(String json) {
        Client.Answer added = admin.send("POST", goals, json);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.at("id");
    }

    private Client.Answer get(String report) {
        Client.Answer answer = reader.get(path(report + "period=today"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "page": "/thanks/*"                               | 1 | 2 | 25.0
        "event": "Signup"                                 | 2 | 2 | 50.0
        "event": "Signup", "props": {"plan": "pro"}       | 1 | 1 | 25.0
        "event": "*", "page": "/", "props": {"plan": "f*"} | 1 | 1 | 25.0
        "scroll": 50                                      | 1 | 1 | 25.0
        "seconds": 12                                     | 2 | 2 | 50.0
        "seconds": 12, "page": "/pricing"                 | 1 | 1 | 25.0
        "scroll": 41, "seconds": 60                       | 0 | 0 | 0.0
        "page": "/nowhere"                                | 0 | 0 | 0.0
        """)
    void countsWhoCompletedItAndHowOften(String what, long visitors, long completions, double rate) {
        Object id = add("{\"name\":\"it\"," + what + "}");
        assertThat(get("goals?").at("visitors")).isEqualTo(4L);
        assertThat(get("goals?format=csv&").text())
                .isEqualTo("id,name,visitors,completions,rate\r\n" + id + ",it," + visitors + "," + completions + ","
                        + rate + "\r\n");
    }

    @Test
    void showsItByAnyDimensionWithTheShareOfEachValue() {
        Object id = add("{\"name\":\"Signup\",\"event\":\"Signup\"}");
        String goal = "goal?format=csv&id=" + id + "&";
        assertRows(get(goal), "Direct,1,1,2,50.0", "news.example,1,1,2,50.0");
        assertRows(get(goal + "dimension=prop.plan&"), "free,1,1,1,100.0", "pro,1,1,1,100.0");
        assertRows(get(goal + "dimension=prop.plan&limit=1&offset=1&"), "pro,1,1,1,100.0");
        assertRows(get(goal + "dimension=page&source=Direct&"), "/,1,1,1,100.0");
        assertThat(get("goal?id=" + id + "&").at("goal.completions")).isEqualTo(2L);
        assertThat(reader.get(path("goal?dimension=day&id=" + id)).at("error.field"))
                .isEqualTo("dimension");
        assertThat(reader.get(path("goal?id=999")).status()).isEqualTo(404);
    }

    private static void assertRows(Client.Answer csv, String... rows) {
        assertThat(csv.text()).isEqualTo("name,visitors,completions,all,rate\r\n" + String.join("\r\n", rows) + "\r\n");
    }

    @Test
    void filtersEveryReportByTheVisitsThatDidIt() {
        Object id = add("{\"name\":\"Thanks, twice!\",\"page\":\"/thanks/*\"}");
        add("{\"name\":\"Signup\",\"event\":\"Signup\"}");
        for (String goal :
                List.of("goal=" + id, "goal=Thanks,%20twice!", "goal=Signup&goal=" + id + "&source=Direct")) {
            assertThat(get("overview?" + goal + "&").at("current.visitors"))
                    .as(goal)
                    .isEqualTo(1L);
            assertThat(get("overview?" + goal + "&").at("current.sessions"))
                    .as(goal)
                    .isEqualTo(1L);
            assertThat(get("overview?" + goal + "&").at("current.pageViews"))
                    .as(goal)
                    .isEqualTo(3L);
            assertThat(get("goals?" + goal + "&").at("goals.0.name")).as(goal).isEqualTo("Signup");
            assertThat(get("goals?" + goal + "&").at("goals.0.rate")).as(goal).hasToString("100.0");
        }
        assertThat(get("overview?goal=!Signup&").at("current.visitors")).isEqualTo(3L);
        Client.Answer query = reader.send("POST", "/api/query", """
                {"site_id":%d,"metrics":["visitors"],"period":"today","filters":{"goal":["!Signup"]}}""".formatted(site.id()));
        assertThat(query.at("rows.0.visitors")).isEqualTo(3L);
        assertThat(query.at("query.filters.goal.0")).isEqualTo("!Signup");
        Client.Answer unknown = reader.get(path("overview?goal=!signup"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("error.field")).isEqualTo("goal");
    }

    @Test
    void keepsThemOfEachSite() {
        Object id = add("{\"name\":\"Signup\",\"event\":\"Signup\"}");
        Site other = engine.addSite(Site.of("example.org")).join();
        String others = "/api/sites/" + other.id() + "/goals";
        assertThat(admin.get(others).at("goals")).isEqualTo(List.of());
        assertThat(admin.send("PUT", others + "/" + id, "{\"name\":\"Mine\"}").status())
                .isEqualTo(404);
        assertThat(admin.send("DELETE", others + "/" + id, "").status()).isEqualTo(404);
        assertThat(admin.get("/api/analytics/" + other.id() + "/goal?id=" + id).status())
                .isEqualTo(404);
        assertThat(admin.get("/api/analytics/" + other.id() + "/overview?goal=Signup")
                        .status())
                .isEqualTo(400);
        assertThat(admin.send("POST", others, "{\"name\":\"Signup\",\"page\":\"/\"}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.send("DELETE", goals + "/" + id, "").status()).isEqualTo(204);
        assertThat(admin.get(goals).at("goals")).isEqualTo(List.of());
        assertThat(admin.get(others).at("goals.0.name")).isEqualTo("Signup");
    }

    @Test
    void changesAtOnceWhatReportsSay() {
        Object id = add("{\"name\":\"Signup\",\"event\":\"Signup\"}");
        assertThat(get("goals?").at("goals.0.visitors")).isEqualTo(2L);
        Client.Answer changed =
                admin.send("PUT", goals + "/" + id, "{\"name\":\"Thanks\",\"event\":null,\"page\":\"/thanks/1\"}");
        assertThat(changed.at("event")).isNull();
        assertThat(get("goals?").at("goals.0.name")).isEqualTo("Thanks");
        assertThat(get("goals?").at("goals.0.visitors")).isEqualTo(1L);
        assertThat(admin.send("PUT", goals + "/" + id, "{\"page\":null}").at("error.field"))
                .isEqualTo("page");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"page":"/"}                                     | name   | 400
        {"name":" ","page":"/"}                          | name   | 400
        {"name":"12","page":"/"}                         | name   | 400
        {"name":"taken","page":"/"}                      | name   | 409
        {"name":"a"}                                     | page   | 400
        {"name":"a","page":""}                           | page   | 400
        {"name":"a","page":"*a*b*c*d*e*f*g*h*i"}         | page   | 400
        {"name":"a","event":"e","scroll":1}              | scroll | 400
        {"name":"a","event":"e","seconds":1}             | seconds | 400
        {"name":"a","scroll":101}                        | scroll | 400
        {"name":"a","page":"/","props":{"a":"b"}}        | props  | 400
        {"name":"a","event":"e","props":{"":"b"}}        | props  | 400
        {"name":"a","event":"e","props":{"a":1}}         | props  | 400
        {"name":"a","event":"e","what":1}                | what   | 400
        """)
    void refusesWhatMakesNoGoalAndSaysWhere(String json, String field, int status) {
        add("{\"name\":\"taken\",\"page\":\"/\"}");
        Client.Answer refused = admin.send("POST", goals, json);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.at("error.field")).isEqualTo(field);
    }

    @Test
    void holdsSoManyAndNoMore() {
        for (int i = 0; i < Goal.MOST; i++) {
            add("{\"name\":\"goal " + i + "\",\"page\":\"/\"}");
        }
        Client.Answer refused = admin.send("POST", goals, "{\"name\":\"one more\",\"page\":\"/\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("error.message")).isEqualTo("name: a site has at most 50 goals");
    }

    @Test
    void showsByALinkWhatItIsForAndNothingBeyond() {
        Object id = add("{\"name\":\"Thanks\",\"page\":\"/thanks/*\"}");
        add("{\"name\":\"Signup\",\"event\":\"Signup\"}");
        String home = link("page=/");
        assertThat(get(home, "goals?").at("goals.1.completions")).as("beyond").isEqualTo(0L);
        assertThat(get(home, "overview?goal=Thanks&").at("current.visitors"))
                .as("beyond")
                .isEqualTo(0L);
        assertThat(get(home, "overview?goal=!Thanks&").at("current.visitors")).isEqualTo(2L);
        assertThat(get(home, "overview?goal=Signup&").at("current.visitors")).isEqualTo(2L);
        String thankful = link("goal=" + id);
        assertThat(get(thankful, "overview?").at("current.visitors")).isEqualTo(1L);
        assertThat(get(thankful, "goal?dimension=page&id=" + id + "&").at("total"))
                .isEqualTo(2L);
        assertThat(admin.send("DELETE", goals + "/" + id, "").status()).isEqualTo(204);
        assertThat(new Client(api).get(thankful + "overview?period=today").status())
                .as("a link for a goal that is gone shows nothing")
                .isEqualTo(404);
    }

    private String link(String filter) {
        return "/api/shared/"
                + admin.send("POST", "/api/sites/" + site.id() + "/links", "{\"filter\":\"" + filter + "\"}")
                        .at("token")
                + "/";
    }

    private Client.Answer get(String link, String report) {
        Client.Answer answer = new Client(api).get(link + report + "period=today");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }
}
