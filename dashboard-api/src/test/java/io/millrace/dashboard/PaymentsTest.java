package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments and refunds: each counts once, whatever comes again and in which order. */
class PaymentsTest extends ApiFixture {
    private static final String PAYMENT = """
            {"external_id":"p1","amount":1999,"currency":"EUR","visitor_id":"ann","session_id":"s1","affiliate":"bob",
             "occurred_at":"2026-03-10T12:00:00Z"}""";
    private int bob;

    @BeforeEach
    void visit() {
        bob = affiliate("bob", 0.29, 60).id();
        affiliate("eve", 0.1, 60);
        put(page("ann", "/?ref=bob").sessionId("s1"));
        put(page("cat", "/?ref=eve"));
    }

    private long revenue() {
        pass(Duration.ofMinutes(2)); // longer than any report is kept
        return (long) reader.get(path("overview?period=7d")).at("conversions.totals.revenue");
    }

    @Test
    void answersARepeatAsTheFirstAndChangesNothing() {
        Client.Answer first = convert(PAYMENT);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        pass(Duration.ofHours(1));
        Client.Answer again = convert(PAYMENT.replace("1999", "1999.0").replace("EUR", "eur"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(revenue()).isEqualTo(1999);
    }

    /** What a repeat leaves out it does not contradict. */
    @Test
    void takesARepeatThatSaysLess() {
        Client.Answer first = convert(PAYMENT);
        Client.Answer again = convert("{\"external_id\":\"p1\",\"amount\":1999,\"currency\":\"EUR\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
    }

    /** A visit that was stored late, or an affiliate that was removed, makes no other payment of it. */
    @Test
    void knowsARepeatByWhatWasSentNotByWhatItMeansNow() {
        String early = PAYMENT.replace("\"s1\"", "\"later\"").replace("ann", "new");
        assertThat(convert(early).at("session_id")).isNull();
        put(page("new", "/").sessionId("later"));
        engine.removeAffiliate(site.id(), bob).join();
        Client.Answer again = convert(early);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.at("session_id")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1999, 2000, amount",
        "EUR, USD, currency",
        "ann, cat, visitor_id",
        "s1, s2, session_id",
        "bob, eve, affiliate",
        "12:00:00Z, 12:00:01Z, occurred_at"
    })
    void refusesAnotherContentUnderTheSameIdAndNamesTheField(String was, String is, String field) {
        Client.Answer first = convert(PAYMENT);
        Client.Answer other = convert(PAYMENT.replace(was, is));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.at("error.field")).isEqualTo(field);
        assertThat(convert(PAYMENT).text()).isEqualTo(first.text());
    }

    @Test
    void countsTheCorrectedRepeatOfAnAmountThatCannotBeRead() {
        Client.Answer refused = convert(PAYMENT.replace("1999", "\"19,99\""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("error.field")).isEqualTo("amount");
        assertThat(convert(PAYMENT).status()).isEqualTo(201);
        assertThat(revenue()).isEqualTo(1999);
    }

    private static String back(String id, String amount) {
        return "{\"external_id\":\"" + id + "\",\"conversion\":\"p1\"" + amount + "}";
    }

    @Test
    void takesBackPartsUntilNothingIsLeftEachOnce() {
        convert(PAYMENT);
        Client.Answer part = refund(back("r1", ",\"amount\":499,\"currency\":\"eur\""));
        assertThat(part.status()).as(part.text()).isEqualTo(201);
        assertThat(part.at("conversion.refunded")).isEqualTo(499L);
        assertThat(part.at("conversion.status")).isEqualTo("completed");
        pass(Duration.ofHours(1));
        Client.Answer again = refund(back("r1", ",\"amount\":499"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(part.text());
        assertThat(revenue()).isEqualTo(1500);
        assertThat(reader.get(path("affiliates/" + bob + "?period=7d")).at("stats.commission"))
                .isEqualTo(435L);
        Client.Answer rest = refund(back("r2", ""));
        assertThat(rest.at("amount")).isEqualTo(1500L);
        assertThat(rest.at("conversion.status")).isEqualTo("refunded");
        assertThat(revenue()).isZero();
        assertThat(reader.get(path("overview?period=7d")).at("conversions.totals.conversions"))
                .isEqualTo(0L);
        assertThat(refund(back("r2", "")).status()).isEqualTo(200);
        assertThat(convert(PAYMENT).at("status")).isEqualTo("refunded");
    }

    @Test
    void neverRefundsMoreThanWasPaid() {
        convert(PAYMENT);
        refund(back("r1", ",\"amount\":1000"));
        for (String more : List.of(",\"amount\":1000", ",\"amount\":0", ",\"amount\":10.5", ",\"amount\":\"5\"")) {
            Client.Answer refused = refund(back("r2", more));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("error.field")).isEqualTo("amount");
        }
        assertThat(refund(back("r2", "")).status()).as("the corrected repeat").isEqualTo(201);
        Client.Answer nothing = refund(back("r3", ""));
        assertThat(nothing.status()).isEqualTo(400);
        assertThat(nothing.at("error.field")).isEqualTo("amount");
    }

    @ParameterizedTest
    @CsvSource({
        "400, r2, p9, 5, EUR, conversion",
        "400, r2, p1, 5, USD, currency",
        "409, r1, p1, 6, EUR, amount",
        "409, r1, p2, 5, EUR, conversion",
        "409, r1, p1, 5, USD, currency"
    })
    void namesTheFieldOfARefundThatIsWrong(
            int status, String id, String payment, int amount, String unit, String field) {
        convert(PAYMENT);
        convert(PAYMENT.replace("p1", "p2"));
        refund(back("r1", ",\"amount\":5"));
        Client.Answer refused = refund("""
                {"external_id":"%s","conversion":"%s","amount":%d,"currency":"%s"}""".formatted(id, payment, amount, unit));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.at("error.field")).isEqualTo(field);
        assertThat(revenue()).isEqualTo(2 * 1999 - 5);
    }

    @Test
    void takesTheRestBackByTheStatusInWhateverOrder() {
        String refunded = PAYMENT.replace("{", "{\"status\":\"refunded\",");
        convert(PAYMENT);
        refund(back("r1", ",\"amount\":499"));
        assertThat(convert(refunded).at("refunded")).isEqualTo(1999L);
        assertThat(convert(refunded).status()).isEqualTo(200);
        assertThat(refund(back("r1", ",\"amount\":499")).at("conversion.refunded"))
                .isEqualTo(1999L);
        Client.Answer before = convert(refunded.replace("p1", "p2"));
        assertThat(before.status()).isEqualTo(201);
        assertThat(before.at("status")).isEqualTo("refunded");
        assertThat(convert(PAYMENT.replace("p1", "p2")).at("status")).isEqualTo("refunded");
        assertThat(revenue()).isZero();
    }

    @Test
    void keepsCurrenciesAndTheirCommissionsApart() {
        convert(PAYMENT);
        convert(PAYMENT.replace("p1", "p2").replace("1999", "50").replace("EUR", "JPY"));
        convert(PAYMENT.replace("p1", "p3").replace("1999", "50"));
        Client.Answer answer = reader.get(path("affiliates?period=7d"));
        assertThat(answer.at("affiliates.0.revenue")).isEqualTo(2049L);
        assertThat(answer.at("affiliates.0.commission")).as("580 and 14.5").isEqualTo(595L);
        assertThat(answer.at("affiliates.0.revenues.1.currency")).isEqualTo("JPY");
        assertThat(answer.at("affiliates.0.revenues.1.revenue")).isEqualTo(50L);
        assertThat(answer.at("affiliates.0.revenues.1.commission")).isEqualTo(15L);
        assertThat(answer.at("totals.revenues")).isEqualTo(answer.at("affiliates.0.revenues"));
    }

    @Test
    void listensToNoProviderUnlessItIsTold() {
        assertThat(api.operations()).noneMatch(operation -> operation.contains("webhooks"));
    }

    @Test
    void keepsTheRateOfTheTimeOfThePayment() {
        convert(PAYMENT);
        admin.send("PUT", "/api/sites/" + site.id() + "/affiliates/" + bob, "{\"rate\":0.5}");
        convert(PAYMENT.replace("p1", "p2"));
        assertThat(reader.get(path("affiliates/" + bob + "?period=7d")).at("stats.commission"))
                .as("580 and 1,000")
                .isEqualTo(1580L);
    }
}
