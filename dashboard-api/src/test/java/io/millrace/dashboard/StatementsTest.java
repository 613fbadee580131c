package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an affiliate has earned, lost by refunds and been paid, over two months. */
class StatementsTest extends ApiFixture {
    private static final String PAYOUT = """
            {"reference":"bank 1","amount":300,"currency":"EUR","paid_at":"2026-03-12T10:00:00Z"}""";
    private int bob;
    private String payouts;

    @BeforeEach
    void sell() {
        bob = affiliate("bob", 0.1, 60).id();
        payouts = "/api/sites/" + site.id() + "/affiliates/" + bob + "/payouts";
        at("2026-02-20T12:00:00Z");
        pay("p1", 4000, "EUR");
        pay("p2", 555, "USD");
        at("2026-03-10T12:00:00Z");
        pay("p3", 1005, "EUR");
        refund("{\"external_id\":\"r1\",\"conversion\":\"p1\",\"amount\":1000}");
        at("2026-03-20T12:00:00Z");
    }

    private void pay(String id, int amount, String currency) {
        Client.Answer paid = convert("""
                {"external_id":"%s","amount":%d,"currency":"%s","affiliate":"bob"}""".formatted(id, amount, currency));
        assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    }

    private Client.Answer record(String payout) {
        return admin.send("POST", payouts, payout);
    }

    private List<String> csv(String period) {
        Client.Answer answer = reader.get(path("affiliates/" + bob + "/statement?format=csv&" + period));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().lines().skip(1).toList();
    }

    @Test
    void saysWhatIsDueAfterRefundsAndPayouts() {
        record(PAYOUT);
        assertThat(csv("period=12m"))
                .containsExactly(
                        "2026-02,EUR,1,4000,400,0,0,400",
                        "2026-02,USD,1,555,56,0,0,56",
                        "2026-03,EUR,1,1005,101,100,300,101");
        Client.Answer month = reader.get(path("affiliates/" + bob + "/statement?from=2026-03-01&to=2026-03-31"));
        assertThat(month.at("balances.0.currency")).isEqualTo("EUR");
        assertThat(month.at("balances.0.carried")).isEqualTo(400L);
        assertThat(month.at("balances.0.due")).isEqualTo(101L);
        assertThat(month.at("balances.1.currency")).isEqualTo("USD");
        assertThat(month.at("balances.1.due")).isEqualTo(56L);
        assertThat((List<?>) month.at("months")).hasSize(1);
    }

    /** What was stated of a month is not changed by what happens later. */
    @Test
    void leavesAMonthThatIsOverAsItWas() {
        List<String> february = csv("from=2026-02-01&to=2026-02-28");
        admin.send("PUT", "/api/sites/" + site.id() + "/affiliates/" + bob, "{\"rate\":0.9}");
        refund("{\"external_id\":\"r2\",\"conversion\":\"p2\"}");
        record(PAYOUT);
        pass(Duration.ofMinutes(2));
        assertThat(csv("from=2026-02-01&to=2026-02-28")).isEqualTo(february);
        assertThat(csv("period=12m")).contains("2026-03,USD,0,0,0,56,0,0");
    }

    @Test
    void recordsAPayoutOnceAndRemovesIt() {
        Client.Answer first = record(PAYOUT);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        Client.Answer again = record(PAYOUT);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        Client.Answer listed = reader.get(payouts);
        assertThat((List<?>) listed.at("payouts")).hasSize(1);
        assertThat(listed.at("payouts.0.paid_at")).isEqualTo("2026-03-12T11:00:00.000+01:00");
        assertThat(admin.send("DELETE", payouts + "/" + first.at("id"), "").status())
                .isEqualTo(204);
        assertThat(admin.send("DELETE", payouts + "/" + first.at("id"), "").status())
                .isEqualTo(404);
        assertThat(csv("period=12m")).contains("2026-03,EUR,1,1005,101,100,0,401");
    }

    @Test
    void listsPayoutsAPartAtATimeTheLatestFirst() {
        record(PAYOUT);
        record(PAYOUT.replace("bank 1", "bank 2").replace("2026-03-12", "2026-03-11"));
        assertThat(reader.get(payouts).at("payouts.1.reference")).isEqualTo("bank 2");
        Client.Answer second = reader.get(payouts + "?limit=1&offset=1");
        assertThat((List<?>) second.at("payouts")).hasSize(1);
        assertThat(second.at("payouts.0.reference")).isEqualTo("bank 2");
        assertThat(reader.get(payouts + "?limit=0").status()).isEqualTo(400);
        assertThat(reader.get(payouts + "?limit=501").at("error.field")).isEqualTo("limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "300 | 301 | 409 | amount",
                "EUR | USD | 409 | currency",
                "10:00 | 10:01 | 409 | paid_at",
                "300 | 3.5 | 400 | amount",
                "300 | 0 | 400 | amount",
                "300 | null | 400 | amount",
                "EUR | euros | 400 | currency",
                "bank 1 |  | 400 | reference",
                "2026-03-12 | 2027-03-12 | 400 | paid_at",
                "reference | iban | 400 | iban"
            })
    void namesTheFieldOfAPayoutThatIsWrong(String was, String is, int status, String field) {
        record(PAYOUT);
        Client.Answer refused = record(PAYOUT.replace(was, is == null ? "" : is));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.at("error.field")).isEqualTo(field);
        assertThat((List<?>) reader.get(payouts).at("payouts")).hasSize(1);
    }

    @Test
    void showsTheAffiliateTheOwnStatementWithoutAnyPayment() {
        affiliate("another", 0.1, 60);
        record(PAYOUT);
        Object token = admin.send("POST", "/api/sites/" + site.id() + "/links", "{\"affiliate_id\":%d}".formatted(bob))
                .at("token");
        String statement = "/api/shared/" + token + "/statement?period=12m";
        Client.Answer own = new Client(api).get(statement);
        assertThat(own.status()).as(own.text()).isEqualTo(200);
        assertThat(own.at("months.2.due")).isEqualTo(101L);
        assertThat(own.text()).doesNotContain("p1").doesNotContain("another").doesNotContain("bank 1");
        assertThat(new Client(api).get(statement + "&format=csv").text())
                .startsWith("month,currency,conversions,revenue,commission,refunded,paid,due\r\n");
        assertThat(new Client(api).get(statement + "&page=/docs").status()).isEqualTo(400);
    }
}
