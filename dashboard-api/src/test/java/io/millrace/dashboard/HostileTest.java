package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTest extends ApiFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "period=7d' OR '1'='1 | period",
                "period=; DROP TABLE sites | period",
                "period= | period",
                "period=7d&period=30d | period",
                "period=7d&from=2026-01-01&to=2026-01-02 | period",
                "from=2026-01-01 | to",
                "to=2026-01-01 | from",
                "from=2026-02-30&to=2026-03-01 | from",
                "from=2026-03-01&to=2026-02-01 | to",
                "from=9999-01-01&to=9999-12-31 | from",
                "from=+999999999-01-01&to=2026-01-01 | from",
                "from=0000-01-01&to=2026-01-01 | from",
                "from=2026-1-1&to=2026-01-02 | from",
                "from=1980-01-01&to=2026-01-01 | from",
                "interval=second | interval",
                "period=30d&interval=hour&from=1 | period",
                "period=90d&interval=hour | interval",
                "sorce=news | sorce",
                "format=xml | format",
                "format=csv&table=site | table",
                "table=pages | table",
                "page=*a*b*c*d*e*f*g*h*i* | page",
                "page=/%00&x%0d%0ay=1 | xy",
            })
    void namesTheParameterThatIsWrong(String query, String parameter) {
        Client.Answer answer =
                reader.get(path("overview?" + query.trim().replace("+", "%2B").replace(" ", "%20")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.at("error.field")).isEqualTo(parameter.trim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversions?limit=10001",
                "conversions?page=0",
                "conversions?page=99999999999",
                "conversions?status=x",
                "flow?depth=7",
                "flow?topN=0",
                "flow?depth=1e9",
                "visitor-journey?visitorId=",
                "visitor-journey?visitorId=a&conversionId=-1",
                "breakdown",
                "breakdown?dimension=hour",
                "breakdown?dimension=page&limit=10001",
            })
    void refusesWrongNumbersAndNames(String report) {
        assertThat(reader.get(path(report)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview?page=*%s*",
                "overview?page=!*%1$s*&source=*%1$s*",
                "flow?page=/%s/*",
                "conversions?path=*%s*",
                "breakdown?dimension=page&search=%s",
                "conversions?search=%s",
            })
    void refusesLongWildcardsOfALinkSoonerThanOfAUser(String report) {
        Object token =
                admin.send("POST", "/api/sites/" + site.id() + "/links", "{}").at("token");
        Client guest = new Client(api);
        String shared = "/api/shared/" + token + "/";
        assertThat(guest.get(shared + report.formatted("x".repeat(30))).status())
                .isEqualTo(200);
        assertThat(guest.get(shared + report.formatted("x".repeat(130))).status())
                .isEqualTo(400);
        assertThat(reader.get(path(report.formatted("x".repeat(130)))).status()).isEqualTo(200);
        assertThat(reader.get(path(report.formatted("x".repeat(1_030)))).status())
                .isEqualTo(400);
    }

    @Test
    void refusesTenThousandFilters() {
        Map<String, List<String>> params = Map.of("source", Collections.nCopies(10_000, "x"));
        assertThat(answer(params).at("error.field")).isEqualTo("source");
        assertThat(answer(Map.of("page", List.of("x".repeat(3_000)))).at("error.field"))
                .isEqualTo("page");
        assertThat(answer(Map.of(
                                "page", Collections.nCopies(50, "a"),
                                "source", Collections.nCopies(50, "b"),
                                "country", List.of("c")))
                        .status())
                .isEqualTo(400);
    }

    private Client.Answer answer(Map<String, List<String>> params) {
        ApiRequest request =
                new ApiRequest("GET", path("overview"), params, reader.headers(), "192.0.2.1", new byte[0]);
        return new Client.Answer(Client.ask(api, request).join());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/999999/overview",
                "/api/analytics/99999999999999/overview",
                "/api/analytics/-1/overview",
                "/api/analytics/1x/overview",
                "/api/analytics//overview",
                "/api/analytics/1/overview/",
                "/api/analytics/1/../1/overview",
                "/api/analytics/1/affiliates/x",
                "/api/shared/x",
                "/api/public/x/live",
                "/api/sites/1/inclusions",
                "/api/sites/1/gaols",
                "/api/nothing",
            })
    void doesNotKnowWhatIsNotThere(String path) {
        assertThat(reader.get(path).status()).isEqualTo(404);
    }

    @Test
    void saysWhichMethodsAPathHas() {
        Client.Answer answer = reader.send("DELETE", path("overview"), "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
        assertThat(reader.send("PATCH", "/api/sites", "").header("Allow")).isEqualTo("GET, POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}x",
                "\"text\"",
                "{\"site_id\":1",
                "{\"site_id\":01}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":[[[[[[[[[1]]]]]]]]]}",
                "{\"site_id\":{}}",
                "{\"site_id\":1,\"metrics\":\"visitors\"}",
                "{\"site_id\":1,\"metrics\":[]}",
                "{\"site_id\":1,\"metrics\":[\"x\"]}",
                "{\"site_id\":1,\"metrics\":[\"visitors\",\"visitors\"]}",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"filters\":{\"hour\":\"x\"}}",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"sort\":\"bounce_rate\"}",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"limit\":1.5}",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"limit\":1e99}",
                "{\"site_id\":1,\"metrics\":[\"visitors\"],\"dimensions\":[\"day\",\"hour\",\"page\",\"os\",\"city\"]}",
            })
    void refusesBodiesThatAreNoQuery(String body) {
        Client.Answer answer = reader.send("POST", "/api/query", body);
        assertThat(answer.status()).as(body + ": " + answer.text()).isEqualTo(400);
    }

    @Test
    void refusesOtherTypesAndLargeBodies() {
        assertThat(reader.with("content-type", "text/plain")
                        .send("POST", "/api/query", "{}")
                        .status())
                .isEqualTo(415);
        String large = "{\"site_id\":1,\"period\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(reader.send("POST", "/api/query", large).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":1,\"currency\":\"EUR\"} | external_id",
                "{\"external_id\":\"a\",\"currency\":\"EUR\"} | amount",
                "{\"external_id\":\"a\",\"amount\":null,\"currency\":\"EUR\"} | amount",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"XXX\"} | currency",
                "{\"external_id\":\"a\",\"amount\":1} | currency",
                "{\"external_id\":\"a\",\"amount\":-1,\"currency\":\"EUR\"} | amount",
                "{\"external_id\":\"a\",\"amount\":1.5,\"currency\":\"EUR\"} | amount",
                "{\"external_id\":\"a\",\"amount\":\"1\",\"currency\":\"EUR\"} | amount",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"E1\"} | currency",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"ZZZ\"} | currency",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"status\":\"paid\"} | status",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"occurred_at\":\"9999-01-01T00:00:00Z\"}"
                        + " | occurred_at",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"occurred_at\":\"yesterday\"} | occurred_at",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"affiliate\":\"nobody\"} | affiliate",
                "{\"external_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"card\":\"4111\"} | card",
            })
    void namesTheFieldOfAConversionThatIsWrong(String body, String field) {
        Client.Answer answer = convert(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("error.field")).isEqualTo(field);
    }
}
