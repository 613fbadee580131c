package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.payment.Payments.Recorded;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes payments and refunds from Stripe, which signs what it sends. There only for sites that have a secret. Thread-safe.
 *
 * @param secrets of the endpoints, by site
 * @param unsigned how often one network may send what is not signed
 */
public record StripeRoutes(
        Engine engine,
        StoreExecutor executor,
        InstantSource clock,
        Map<Integer, List<String>> secrets,
        Throttle unsigned) {
    private static final int MAX_BYTES = 256 << 10;
    private static final Form EVENT = Form.ofBeacon(
            "StripeEvent",
            Input.text(
                            "type",
                            "Payments: checkout.session.completed or payment_intent.succeeded; refunds: refund.created")
                    .must(),
            Input.whole("created", 0, Integer.MAX_VALUE, "Seconds since 1970").must(),
            Input.object("data", "With object: what happened to it").must());

    /** What became of an event. */
    enum Outcome {
        RECORDED,
        KNOWN,
        IGNORED
    }

    record Received(Outcome outcome) {}

    /** None where no site has a secret. */
    public List<Operation> operations() {
        return secrets.isEmpty()
                ? List.of()
                : List.of(Operation.post(
                                "/api/webhooks/stripe/{siteId}",
                                Permission.NOTHING,
                                "Take an event of Stripe, whose signature decides")
                        .takes(EVENT)
                        .answers(Received.class)
                        .by(this::receive));
    }

    private CompletableFuture<ApiResponse> receive(Call call) {
        Site site = call.site();
        List<String> own = secrets.getOrDefault(site.id(), List.of());
        if (own.isEmpty()) {
            throw ApiException.notFound("site");
        }
        byte[] body = call.request().body();
        if (body.length > MAX_BYTES) {
            throw new ApiException(413, "too_large", "the body is larger than " + MAX_BYTES + " bytes");
        }
        if (!StripeSignature.fits(call.request().header("stripe-signature"), body, own, clock.millis())) {
            unsigned.count(Claim.network(call));
            throw new ApiException(
                    400, "invalid_signature", "Stripe-Signature: is not that of this body, or older than 5 minutes");
        }
        StripeEvent event = StripeEvent.read(body);
        AtomicInteger leftOut = new AtomicInteger();
        Payment payment = event.payment(
                site, slug -> engine.sites().affiliate(site.id(), slug) != null, leftOut::incrementAndGet);
        Repayment refund = payment == null ? event.refund(site) : null;
        if (payment == null && refund == null) {
            return ApiAnswers.done(ApiAnswers.json(200, new Received(Outcome.IGNORED)));
        }
        Payments payments = new Payments(engine, clock);
        return executor.onStoreThread(writer ->
                        payment == null ? payments.refund(writer, refund) : payments.payByAnyEvent(writer, payment))
                .thenApply(recorded -> answer(site, recorded, leftOut.get()));
    }

    private ApiResponse answer(Site site, Recorded recorded, int leftOut) {
        for (int i = 0; recorded.isNew() && i < leftOut; i++) {
            engine.counters().add(Counter.UNREADABLE, site.id());
        }
        return ApiAnswers.json(200, new Received(recorded.isNew() ? Outcome.RECORDED : Outcome.KNOWN));
    }
}
