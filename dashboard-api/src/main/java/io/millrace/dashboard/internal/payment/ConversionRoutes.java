package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.payment.Payments.Recorded;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.revenue.ConversionList.ConversionHead;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Engine;
import io.millrace.engine.Money;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Takes conversions and refunds of those who have a key. Thread-safe; {@link Payments} decides on the store thread. */
public record ConversionRoutes(Engine engine, StoreExecutor executor, InstantSource clock) {
    private static final int MAX_ID = 200;
    private static final Input SITE = Input.whole("site_id", 1, Integer.MAX_VALUE, "The key's own when it is absent");
    private static final Input STATUS = Input.choice(
                    "status", Conversion.Status.values(), "refunded: all that is left of it was paid back")
            .or("completed");
    private static final Input AMOUNT = Input.whole("amount", 0, Money.MOST, "In minor units of the currency")
            .must();
    private static final Input TIME = Input.time("occurred_at", "Now when it is absent");
    private static final Form CONVERSION = new Form(
            "NewConversion",
            SITE,
            Input.text(
                            "external_id",
                            "What it is known by: the same again changes nothing, with another content it is refused")
                    .must(),
            STATUS,
            AMOUNT,
            PaymentFields.CURRENCY.must(),
            TIME,
            Input.text("visitor_id", null),
            Input.text("session_id", null),
            Input.text("affiliate", "Its slug; the visitor's last one when it is absent"));
    private static final Input PART = Input.whole(
            "amount", 1, Money.MOST, "In minor units of the payment's currency; all that is left when it is absent");
    private static final Form REFUND = new Form(
            "NewRefund",
            SITE,
            Input.text("external_id", "What the refund itself is known by, as that of a conversion")
                    .must(),
            Input.text("conversion", "The external_id of the payment").must(),
            PART,
            Input.text("currency", "That of the payment"),
            TIME);

    record RecordedConversion(
            @Unwrapped ConversionHead conversion, @Nullable String affiliate) {}

    /**
     * A refund, and what its payment is now.
     *
     * @param amount in minor units of the currency
     */
    @SnakeCase
    record RecordedRefund(
            long id,
            String externalId,
            long amount,
            String currency,
            OffsetDateTime occurredAt,
            RecordedConversion conversion) {}

    public List<Operation> operations() {
        return List.of(
                Operation.post("/api/conversions", Permission.KNOWN, "Record a conversion, or that it is refunded")
                        .takes(CONVERSION)
                        .answers(201, "It is new", RecordedConversion.class)
                        .answers(200, "It was known already: as it is stored", RecordedConversion.class)
                        .by(this::pay),
                Operation.post("/api/refunds", Permission.KNOWN, "Record a refund of a conversion or a part of it")
                        .takes(REFUND)
                        .answers(201, "It is new", RecordedRefund.class)
                        .answers(200, "It was known already: as it is stored", RecordedRefund.class)
                        .by(this::refund));
    }

    private CompletableFuture<ApiResponse> pay(Call call) {
        JsonBody body = JsonBody.of(call.request(), CONVERSION);
        Site site = site(call.principal(), body);
        Payment sent = new Payment(
                site,
                body.required("external_id", MAX_ID),
                status(body),
                PaymentFields.money(body, AMOUNT),
                body.time(TIME, clock.millis()),
                body.text("visitor_id", 64),
                body.text("session_id", 64),
                lowerCase(body.text("affiliate", MAX_ID)));
        Payments payments = new Payments(engine, clock);
        return executor.onStoreThread(writer -> payments.pay(writer, sent))
                .thenApply(r -> ApiAnswers.json(r.isNew() ? 201 : 200, conversion(r, site)));
    }

    private CompletableFuture<ApiResponse> refund(Call call) {
        JsonBody body = JsonBody.of(call.request(), REFUND);
        Site site = site(call.principal(), body);
        Repayment sent = new Repayment(
                site,
                body.required("external_id", MAX_ID),
                body.required("conversion", MAX_ID),
                body.hasValue("amount") ? body.big(PART) : null,
                body.hasValue("currency") ? PaymentFields.currency(body).getCurrencyCode() : null,
                body.time(TIME, clock.millis()));
        Payments payments = new Payments(engine, clock);
        return executor.onStoreThread(writer -> payments.refund(writer, sent))
                .thenApply(r -> ApiAnswers.json(r.isNew() ? 201 : 200, refund(r, site)));
    }

    private Site site(Principal principal, JsonBody body) {
        int own = principal.key() == null ? 0 : principal.key().siteId();
        int id = body.has("site_id") ? body.number(SITE) : own;
        if (id == 0) {
            throw ApiException.field("site_id", "missing");
        }
        Site site = engine.sites().byId(id);
        if (site == null || !principal.sees(id)) {
            throw ApiException.notFound("site");
        }
        if (!principal.may(Permission.INGEST, id)) {
            throw ApiException.forbidden();
        }
        return site;
    }

    private static Conversion.Status status(JsonBody body) {
        String label = body.text("status");
        Conversion.Status status =
                label == null ? Conversion.Status.COMPLETED : Shape.constant(Conversion.Status.class, label);
        if (status == null) {
            throw ApiException.field("status", "must be completed or refunded");
        }
        return status;
    }

    private static String lowerCase(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private RecordedConversion conversion(Recorded recorded, Site site) {
        Conversion c = recorded.conversion();
        Affiliate affiliate = engine.sites().affiliate(site.id(), c.affiliateId());
        return new RecordedConversion(ConversionHead.of(c, site), affiliate == null ? null : affiliate.slug());
    }

    private RecordedRefund refund(Recorded recorded, Site site) {
        Refund r = recorded.refund();
        return new RecordedRefund(
                r.id(),
                r.externalId(),
                r.amount(),
                recorded.conversion().amount().currency(),
                Times.at(r.occurredAt(), site.zone()),
                conversion(recorded, site));
    }
}
