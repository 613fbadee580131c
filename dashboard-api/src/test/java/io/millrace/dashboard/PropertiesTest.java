package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What custom events were sent with. */
class PropertiesTest extends ApiFixture {

    private void event(String visitor, String name, Map<String, String> props) {
        put(Beacon.event(site.id(), name)
                .url("https://example.com/")
                .visitorId(visitor)
                .address("192.0.2.7")
                .props(props));
    }

    @BeforeEach
    void sendSome() {
        event("a", "Signup", Map.of("plan", "pro", "seats", "3"));
        event("a", "Signup", Map.of("plan", "pro"));
        event("b", "Signup", Map.of("plan", "=free"));
        event("b", "Signup", Map.of("plan", "trial"));
        event("c", "Download", Map.of("file", "a.zip"));
        view("d", "/");
    }

    @Test
    void countsEventsAndVisitorsOfEachKey() {
        Client.Answer all = reader.get(path("properties?period=today"));
        assertThat(all.at("key")).isNull();
        assertThat(all.at("events")).isEqualTo(5L);
        assertThat(all.at("total")).isEqualTo(3L);
        assertThat(all.at("rows"))
                .isEqualTo(List.of(
                        Map.of("name", "plan", "events", 4L, "visitors", 2L),
                        Map.of("name", "file", "events", 1L, "visitors", 1L),
                        Map.of("name", "seats", "events", 1L, "visitors", 1L)));
        assertThat(reader.get(path("properties?period=today&event=Download")).at("rows"))
                .isEqualTo(List.of(Map.of("name", "file", "events", 1L, "visitors", 1L)));
        assertThat(reader.get(path("properties?period=today&event=Nothing")).at("total"))
                .isEqualTo(0L);
    }

    @Test
    void countsTheValuesOfAKeyAndPutsTheRestTogether() {
        assertThat(reader.get(path("properties?period=today&key=plan")).at("rows.0"))
                .isEqualTo(Map.of("name", "pro", "events", 2L, "visitors", 1L));
        Client.Answer one = reader.get(path("properties?period=today&key=plan&limit=1"));
        assertThat(one.at("total")).isEqualTo(3L);
        assertThat(one.at("rows.1")).isEqualTo(Map.of("name", "(other)", "events", 2L, "visitors", 1L));
    }

    @Test
    void aPropertySelectsItsEventsAndThePagesOfTheVisitsThatHaveOne() {
        view("a", "/pricing");
        view("b", "/free");
        view("c", "/files");
        assertThat(pages("prop.plan=pro")).containsExactly("/pricing");
        assertThat(pages("prop.plan=pro&prop.plan=*free")).containsExactly("/free", "/pricing");
        assertThat(pages("prop.plan=!pro")).containsExactly("/", "/files", "/free");
        assertThat(pages("prop.plan=!(none)"))
                .as("page views have no property themselves")
                .isEmpty();
        assertThat(pages("prop.a%20b=x")).isEmpty();
        assertThat(reader.get(path("properties?period=today&prop.plan=pro")).at("events"))
                .isEqualTo(2L);
        assertThat(reader.get(path("properties?period=today&key=seats&prop.plan=pro"))
                        .at("total"))
                .isEqualTo(1L);
    }

    @Test
    void anEventAndAPropertyHaveToBeOfOneAndTheSameEvent() {
        view("a", "/pricing");
        event("a", "Download", Map.of("file", "b.zip"));
        assertThat(pages("event=Download&prop.file=b.zip")).containsExactly("/pricing");
        assertThat(pages("event=Download&prop.plan=pro"))
                .as("the sign-up is on this plan, the download on none")
                .isEmpty();
        assertThat(pages("event=Signup&prop.plan=pro&prop.seats=3")).containsExactly("/pricing");
        assertThat(pages("event=Signup&prop.file=!b.zip"))
                .as("no event of the visit may be what is excluded")
                .isEmpty();
    }

    /** The pages with views that these filters select. */
    private List<String> pages(String filters) {
        return ((List<?>) reader.get(path("breakdown?period=today&dimension=page&" + filters))
                        .at("rows"))
                .stream()
                        .map(row -> (Map<?, ?>) row)
                        .filter(row -> !row.get("page_views").equals(0L))
                        .map(row -> (String) row.get("name"))
                        .sorted()
                        .toList();
    }

    @Test
    void aPropertyIsADimensionOfAQuery() {
        String body = """
                {"site_id":%d,"metrics":["events","visitors"],"dimensions":["prop.plan","event"],"period":"today",
                 "filters":{"prop.plan":["!(none)","!*free"]},"sort":"events"}""".formatted(site.id());
        Client.Answer answer = reader.send("POST", "/api/query", body);
        assertThat(answer.at("rows"))
                .isEqualTo(List.of(
                        Map.of("prop.plan", "pro", "event", "Signup", "events", 2L, "visitors", 1L),
                        Map.of("prop.plan", "trial", "event", "Signup", "events", 1L, "visitors", 1L)));
        assertThat(answer.at("query.dimensions")).isEqualTo(List.of("prop.plan", "event"));
        assertThat(((Map<?, ?>) answer.at("query.filters")).get("prop.plan")).isEqualTo(List.of("!", "!*free"));
        assertThat(reader.send("POST", "/api/query?format=csv", body).text())
                .isEqualTo("prop.plan,event,events,visitors\r\npro,Signup,2,1\r\ntrial,Signup,1,1\r\n");
    }

    @Test
    void aLinkMayBeForAProperty() {
        view("a", "/pricing");
        view("b", "/free");
        String token = (String) admin.send(
                        "POST", "/api/sites/" + site.id() + "/links", "{\"name\":\"p\",\"filter\":\"prop.plan=pro\"}")
                .at("token");
        assertThat(reader.get("/api/shared/" + token + "/overview?period=today").at("pages.0.name"))
                .isEqualTo("/pricing");
        assertThat(admin.send("POST", "/api/sites/" + site.id() + "/links", "{\"name\":\"p\",\"filter\":\"prop.=pro\"}")
                        .at("error.field"))
                .isEqualTo("prop.");
    }

    @Test
    void isComputedAnewWhenThereIsMore() {
        assertThat(reader.get(path("properties?period=today&key=file")).at("rows.0.events"))
                .isEqualTo(1L);
        event("d", "Download", Map.of("file", "a.zip"));
        assertThat(reader.get(path("properties?key=file&period=today")).at("rows.0.events"))
                .isEqualTo(1L);
        pass(Duration.ofSeconds(61));
        assertThat(reader.get(path("properties?period=today&key=file")).at("rows.0.events"))
                .isEqualTo(2L);
    }

    @Test
    void isACsvWithoutFormulas() {
        assertThat(reader.get(path("properties?period=today&key=plan&format=csv"))
                        .text())
                .isEqualTo("name,events,visitors\r\npro,2,1\r\n'=free,1,1\r\ntrial,1,1\r\n");
    }

    @Test
    void saysWhichParameterIsWrong() {
        assertThat(reader.get(path("properties?limit=1001")).at("error.field")).isEqualTo("limit");
        assertThat(reader.get(path("properties?key=a&key=b")).at("error.field")).isEqualTo("key");
        assertThat(reader.get(path("properties?key=" + "k".repeat(65))).at("error.field"))
                .isEqualTo("key");
        assertThat(reader.get(path("properties?name=Signup")).at("error.field")).isEqualTo("name");
        assertThat(reader.get(path("overview?prop.=x")).at("error.field")).isEqualTo("prop.");
        assertThat(reader.get(path("overview?prop=x")).at("error.field")).isEqualTo("prop");
        assertThat(reader.get(path("overview?props.plan=x")).at("error.field")).isEqualTo("props.plan");
        String tooLong = "prop." + "k".repeat(65);
        assertThat(reader.get(path("overview?" + tooLong + "=x")).at("error.message"))
                .asString()
                .contains("1 to 64 bytes");
        assertThat(reader.send(
                                "POST",
                                "/api/query",
                                "{\"site_id\":%d,\"metrics\":[\"events\"],\"dimensions\":[\"%s\"]}"
                                        .formatted(site.id(), tooLong))
                        .at("error.field"))
                .isEqualTo("dimensions");
    }
}
