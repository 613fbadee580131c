package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as Stripe sends them, whatever comes again and in which order. */
class StripeTest extends ApiFixture {
    private static final String SECRET = "whsec_of_the_site";
    private static final String CHECKOUT = """
            {"id":"evt_1","object":"event","type":"checkout.session.completed","created":1773144000,"data":{"object":{
             "id":"cs_1","object":"checkout.session","amount_total":1999,"currency":"eur","payment_status":"paid",
             "payment_intent":"pi_1","client_reference_id":"ann","metadata":{"session_id":"s1"}}}}""";
    private static final String INTENT = """
            {"id":"evt_2","object":"event","type":"payment_intent.succeeded","created":1773144005,"data":{"object":{
             "id":"pi_1","object":"payment_intent","amount_received":1999,"currency":"eur","created":1773143990,
             "metadata":{}}}}""";
    private static final String REFUND = """
            {"id":"evt_3","object":"event","type":"refund.created","created":1773150000,"data":{"object":{
             "id":"re_1","object":"refund","amount":500,"currency":"eur","created":1773149999,"status":"succeeded",
             "payment_intent":"pi_1","charge":"ch_1","metadata":{}}}}""";

    @Override
    DashboardSettings settings() {
        return super.settings()
                .with()
                .stripeSecrets(Map.of(1, List.of("whsec_before", SECRET)))
                .build();
    }

    @BeforeEach
    void visit() {
        affiliate("bob", 0.1, 60);
        put(page("ann", "/?ref=bob").sessionId("s1"));
    }

    private String signature(String body, String secret) {
        try {
            long seconds = now.get().getEpochSecond();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Client.Answer send(String body, String signature) {
        return new Client(api)
                .with("content-type", "application/json; charset=utf-8")
                .with("stripe-signature", signature)
                .send("POST", "/api/webhooks/stripe/" + site.id(), body);
    }

    private Object outcome(String body) {
        Client.Answer answer = send(body, signature(body, SECRET));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.at("outcome");
    }

    private Object total(String figure) {
        pass(Duration.ofMinutes(2));
        return reader.get(path("overview?period=7d")).at("conversions.totals." + figure);
    }

    @Test
    void recordsACheckoutOnceWithItsVisitAndAffiliate() {
        assertThat(outcome(CHECKOUT)).isEqualTo("recorded");
        assertThat(outcome(CHECKOUT)).isEqualTo("known");
        assertThat(outcome(INTENT)).as("another event of the same payment").isEqualTo("known");
        Client.Answer list = reader.get(path("conversions?period=7d"));
        assertThat(list.at("pagination.total")).isEqualTo(1L);
        assertThat(list.at("conversions.0.external_id")).isEqualTo("pi_1");
        assertThat(list.at("conversions.0.visitor_id")).isEqualTo("ann");
        assertThat(list.at("conversions.0.affiliate_id")).isEqualTo(1L);
        assertThat(list.at("conversions.0.occurred_at")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat(total("revenue")).isEqualTo(1999L);
    }

    @Test
    void takesBackARefundOnceAndOnlyWhenItHasSucceeded() {
        outcome(CHECKOUT);
        pass(Duration.ofHours(2));
        assertThat(outcome(REFUND.replace("succeeded", "pending"))).isEqualTo("ignored");
        assertThat(outcome(REFUND.replace("refund.created", "refund.updated"))).isEqualTo("recorded");
        assertThat(outcome(REFUND)).isEqualTo("known");
        assertThat(outcome(CHECKOUT)).isEqualTo("known");
        assertThat(total("revenue")).isEqualTo(1499L);
    }

    /** Stripe sends a refused event again later: the order does not matter. */
    @Test
    void refusesARefundBeforeItsPaymentSoThatItComesAgain() {
        Client.Answer early = send(REFUND, signature(REFUND, SECRET));
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.at("error.field")).isEqualTo("conversion");
        outcome(CHECKOUT);
        assertThat(outcome(REFUND)).isEqualTo("recorded");
        assertThat(total("revenue")).isEqualTo(1499L);
    }

    @Test
    void refusesWhatIsNotSignedAndStoresNothing() {
        for (String signature : new String[] {
            "", signature(CHECKOUT, "whsec_other"), signature(CHECKOUT + " ", SECRET), "t=1,v1=" + "0".repeat(64)
        }) {
            Client.Answer refused = send(CHECKOUT, signature);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("error.code")).isEqualTo("invalid_signature");
        }
        String before = signature(CHECKOUT, SECRET);
        pass(Duration.ofMinutes(6));
        assertThat(send(CHECKOUT, before).status()).isEqualTo(400);
        assertThat(total("conversions")).isEqualTo(0L);
        assertThat(send(CHECKOUT, signature(CHECKOUT, "whsec_before")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1999 | 19.99 | data.object.amount_total",
                "1999 | \"1999\" | data.object.amount_total",
                "1999 | null | data.object.amount_total",
                "1999 | -1 | data.object.amount_total",
                "\"eur\" | \"euro\" | data.object.currency",
                "\"pi_1\" | 7 | data.object.payment_intent",
                "1999 | 1000000000001 | data.object.amount_total",
                "1773144000 | \"now\" | created"
            })
    void namesWhatItCannotReadStoresNothingAndCountsTheCorrectedRepeat(String was, String is, String field) {
        String wrong = CHECKOUT.replace(was, is);
        Client.Answer refused = send(wrong, signature(wrong, SECRET));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("error.field")).isEqualTo(field);
        assertThat(outcome(CHECKOUT)).isEqualTo("recorded");
    }

    /** A payment was made whatever the shop wrote beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"session_id\":7",
                "\"session_id\":[\"s1\"]",
                "\"visitor_id\":\"\\u0007\"",
                "\"visitor_id\":\" \"",
                "\"affiliate\":\"nobody\"",
                "\"affiliate\":\"0123456789012345678901234567890123456789012345678901234567890123456789\""
            })
    void losesNoPaymentForANameThatIsOfNoUse(String name) {
        assertThat(outcome(CHECKOUT.replace("\"session_id\":\"s1\"", name))).isEqualTo("recorded");
        assertThat(engine.counters().get(Counter.UNREADABLE, site.id())).isEqualTo(1);
        assertThat(reader.get(path("conversions?period=7d")).at("conversions.0.visitor_id"))
                .isEqualTo("ann");
        assertThat(total("revenue")).isEqualTo(1999L);
    }

    @Test
    void creditsNobodyWhereNeitherTheNameNorTheVisitDoes() {
        String unknown =
                CHECKOUT.replace("\"ann\"", "\"eve\"").replace("\"session_id\":\"s1\"", "\"affiliate\":\"Nobody\"");
        assertThat(outcome(unknown)).isEqualTo("recorded");
        assertThat(reader.get(path("conversions?period=7d")).at("conversions.0.affiliate_id"))
                .isNull();
        String known = unknown.replace("Nobody", "BOB").replace("pi_1", "pi_2");
        assertThat(outcome(known)).isEqualTo("recorded");
        assertThat(engine.counters().get(Counter.UNREADABLE, site.id())).isEqualTo(1);
        pass(Duration.ofMinutes(2));
        assertThat(reader.get(path("conversions?period=7d")).text()).contains("\"affiliate_id\":1");
    }

    /** Another amount in other units is the same bound. */
    @ParameterizedTest
    @CsvSource({"mga,10000000000,200", "mga,10000000001,400", "eur,1000000000000,200", "eur,1000000000001,400"})
    void takesNoMoreThanOtherPaymentsMayBe(String currency, long sent, int status) {
        String body = CHECKOUT.replace("eur", currency).replace("1999", "" + sent);
        assertThat(send(body, signature(body, SECRET)).status()).isEqualTo(status);
    }

    @Test
    void looksAtFewRequestsThatAreNotSignedAndAtAllThatAre() {
        for (int i = 0; i < 120; i++) {
            assertThat(send(CHECKOUT, signature(CHECKOUT, SECRET)).status()).isEqualTo(200);
        }
        for (int i = 0; i < 120; i++) {
            assertThat(send(CHECKOUT, "t=1,v1=").status()).isEqualTo(400);
        }
        Client.Answer limited = send(CHECKOUT, "t=1,v1=");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(send(CHECKOUT, signature(CHECKOUT, SECRET)).status()).isEqualTo(200);
        pass(Duration.ofMinutes(1));
        assertThat(send(CHECKOUT, "t=1,v1=").status()).isEqualTo(400);
    }

    @Test
    void refusesAnotherAmountOfTheSamePayment() {
        outcome(CHECKOUT);
        String other = INTENT.replace("1999", "2999");
        Client.Answer refused = send(other, signature(other, SECRET));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("error.field")).isEqualTo("amount");
    }

    /** Stripe's units are not always those of ISO 4217. */
    @ParameterizedTest
    @CsvSource({"jpy,500,500", "isk,50000,500", "mga,5,500", "kwd,5000,5000", "usd,500,500"})
    void readsAmountsInStripesUnits(String currency, long sent, long minor) {
        outcome(CHECKOUT.replace("eur", currency).replace("1999", "" + sent));
        assertThat(total("revenue")).isEqualTo(minor);
    }

    @Test
    void ignoresWhatIsNoPayment() {
        assertThat(outcome(CHECKOUT.replace("\"paid\"", "\"unpaid\""))).isEqualTo("ignored");
        assertThat(outcome(CHECKOUT.replace("checkout.session.completed", "customer.created")))
                .isEqualTo("ignored");
        assertThat(total("conversions")).isEqualTo(0L);
    }

    @Test
    void isThereOnlyForSitesWithASecret() {
        assertThat(new Client(api)
                        .send("POST", "/api/webhooks/stripe/2", CHECKOUT)
                        .status())
                .isEqualTo(404);
        assertThat(api.operations()).contains("POST /api/webhooks/stripe/{siteId}");
    }
}
