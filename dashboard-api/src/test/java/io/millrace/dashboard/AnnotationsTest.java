package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Annotation;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Annotations: what people note of a site, by the moment that it is about. */
class AnnotationsTest extends ApiFixture {
    private String annotations;

    @BeforeEach
    void name() {
        annotations = "/api/sites/" + site.id() + "/annotations";
    }

    private Object add(String json) {
        Client.Answer added = admin.send("POST", annotations, json);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.at("id");
    }

    @Test
    void areListedByTheirTimeInTheSitesZone() {
        Object now = add("{\"text\":\"Launch, \\\"at last\\\"\"}");
        Object before = add("{\"text\":\"=HYPERLINK()\",\"time\":\"2026-03-09T23:30:00Z\"}");
        add("{\"text\":\"long ago\",\"time\":\"2025-03-01T00:00:00+01:00\"}");
        Client.Answer list = reader.get(annotations);
        assertThat((List<?>) list.at("annotations")).hasSize(2);
        assertThat(list.at("annotations.0.id")).isEqualTo(before);
        assertThat(list.at("annotations.0.time")).isEqualTo("2026-03-10T00:30:00.000+01:00");
        assertThat(list.at("annotations.1.time")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat((String) list.at("annotations.1.author")).startsWith("key ").endsWith(" admin-key");
        assertThat(reader.get(annotations + "?period=today&format=csv").text())
                .isEqualTo("id,time,text,author\r\n"
                        + before + ",2026-03-10T00:30:00.000+01:00,'=HYPERLINK()," + list.at("annotations.0.author")
                        + "\r\n"
                        + now + ",2026-03-10T13:00:00.000+01:00,\"Launch, \"\"at last\"\"\","
                        + list.at("annotations.0.author") + "\r\n");
        assertThat((List<?>) reader.get(annotations + "?period=yesterday").at("annotations"))
                .isEmpty();
        assertThat((List<?>) reader.get(annotations + "?period=all").at("annotations"))
                .hasSize(3);
        assertThat((List<?>) reader.get(annotations + "?from=2025-03-01&to=2025-03-01")
                        .at("annotations"))
                .hasSize(1);
        assertThat(reader.get(annotations + "?format=csv&from=2025-01-01&to=2025-01-01")
                        .text())
                .isEqualTo("id,time,text,author\r\n");
    }

    @Test
    void areChangedAndRemovedOnTheirSiteAlone() {
        Object id = add("{\"text\":\"Lunch\"}");
        Client.Answer changed = admin.send("PUT", annotations + "/" + id, "{\"text\":\"Launch\"}");
        assertThat(changed.at("text")).isEqualTo("Launch");
        assertThat(changed.at("time")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat(admin.send("PUT", annotations + "/" + id, "{\"time\":\"2026-03-01T12:00:00Z\"}")
                        .at("time"))
                .isEqualTo("2026-03-01T13:00:00.000+01:00");
        Site other = engine.addSite(Site.of("example.org")).join();
        String others = "/api/sites/" + other.id() + "/annotations/" + id;
        assertThat(admin.send("PUT", others, "{\"text\":\"Mine\"}").status()).isEqualTo(404);
        assertThat(admin.send("DELETE", others, "").status()).isEqualTo(404);
        assertThat(admin.get(annotations).at("annotations.0.text")).isEqualTo("Launch");
        assertThat(admin.send("DELETE", annotations + "/" + id, "").status()).isEqualTo(204);
        assertThat(admin.send("DELETE", annotations + "/" + id, "").status()).isEqualTo(404);
        assertThat((List<?>) admin.get(annotations).at("annotations")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                  | text
        {"text":" "}                                        | text
        {"text":"a\\u0007b"}                                | text
        {"text":1}                                          | text
        {"text":"a","time":"yesterday"}                     | time
        {"text":"a","time":"2026-03-12T12:00:01Z"}          | time
        {"text":"a","author":"somebody else"}               | author
        """)
    void refusesWhatCannotBeOneAndSaysWhere(String json, String field) {
        Client.Answer refused = admin.send("POST", annotations, json);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("error.field")).isEqualTo(field);
    }

    @Test
    void holdsSoManyOfSoManyBytesAndNoMore() {
        Client.Answer longer = admin.send("POST", annotations, "{\"text\":\"" + "\u00fc".repeat(251) + "\"}");
        assertThat(longer.at("error.message")).isEqualTo("text: longer than 500 bytes");
        engine.execute(w -> {
                    for (int i = 0; i < Annotation.MOST - 1; i++) {
                        storage.accounts().saveAnnotation(new Annotation(0, site.id(), i, "text", "nobody"));
                    }
                    return null;
                })
                .join();
        add("{\"text\":\"" + "\u00fc".repeat(250) + "\"}");
        Client.Answer more = admin.send("POST", annotations, "{\"text\":\"one more\"}");
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.at("error.message"))
                .isEqualTo("text: the site has 1000 annotations already, and no more are kept");
    }
}
