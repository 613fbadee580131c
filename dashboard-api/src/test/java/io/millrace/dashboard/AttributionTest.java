package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three visits and a payment of 10.00: which of them it is credited to. */
class AttributionTest extends ApiFixture {
    @BeforeEach
    void pay() {
        affiliate("bob", 0.1, 60);
        for (String from : List.of("utm_source=news&utm_campaign=spring", "ref=bob", "utm_source=ads")) {
            put(page("ann", "/?" + from));
            pass(Duration.ofHours(3));
        }
        convert("{\"external_id\":\"p1\",\"amount\":1000,\"currency\":\"EUR\",\"visitor_id\":\"ann\"}");
        pass(Duration.ofHours(1));
        put(page("ann", "/?utm_source=later"));
        pass(Duration.ofMinutes(2));
    }

    private String rows(String attribution, String dimension) {
        Client.Answer answer = reader.get(
                path("attribution?period=7d&attribution=" + attribution + "&dimension=" + dimension + "&format=csv"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().replace("\r\n", " ").trim();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first | source | news,EUR,1.0,1000",
                "last | source | ads,EUR,1.0,1000",
                "linear | source | ads,EUR,0.33,334 Direct,EUR,0.33,333 news,EUR,0.33,333",
                "linear | utm_campaign | (none),EUR,0.67,667 spring,EUR,0.33,333",
                "linear | affiliate | (none),EUR,0.67,667 bob,EUR,0.33,333",
                "last | affiliate | (none),EUR,1.0,1000"
            })
    void creditsThePaymentToTheVisitsUpToIt(String attribution, String dimension, String rows) {
        assertThat(rows(attribution, dimension)).isEqualTo("name,currency,conversions,revenue " + rows);
    }

    @Test
    void findsTheFirstAndTheLinkedVisitHoweverManyFollow() {
        for (int i = 0; i < 110; i++) {
            put(page("ann", "/?utm_source=afterwards"));
            pass(Duration.ofMinutes(31));
        }
        assertThat(rows("first", "source")).endsWith("revenue news,EUR,1.0,1000");
        assertThat(rows("last", "source")).endsWith("revenue ads,EUR,1.0,1000");
        assertThat(rows("linear", "source")).endsWith("revenue ads,EUR,0.5,500 news,EUR,0.5,500");
    }

    /** Who is paid for the sale does not depend on how a report credits it. */
    @Test
    void leavesTheCommissionWithTheAffiliateOfTheLatestVisitByOneOfItsLinks() {
        assertThat(reader.get(path("affiliates?period=7d")).at("affiliates.0.commission"))
                .isEqualTo(100L);
    }

    @Test
    void creditsWhatIsLeftAfterARefund() {
        refund("{\"external_id\":\"r1\",\"conversion\":\"p1\",\"amount\":999}");
        assertThat(rows("linear", "source"))
                .isEqualTo("name,currency,conversions,revenue ads,EUR,0.33,1 Direct,EUR,0.33,0 news,EUR,0.33,0");
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThat(reader.get(path("attribution?attribution=best")).at("error.field"))
                .isEqualTo("attribution");
        assertThat(reader.get(path("attribution?dimension=page")).at("error.field"))
                .isEqualTo("dimension");
        Client.Answer all = reader.get(path("attribution?period=7d&limit=1&attribution=linear"));
        assertThat(all.at("total")).isEqualTo(3L);
        assertThat((List<?>) all.at("rows")).hasSize(1);
        assertThat(all.at("conversions")).isEqualTo(1L);
        assertThat(all.at("revenues")).isEqualTo(List.of(Map.of("currency", "EUR", "revenue", 1000L)));
    }
}
