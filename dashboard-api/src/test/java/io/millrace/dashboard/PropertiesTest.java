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
    }
}
