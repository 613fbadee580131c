package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Engine;
import io.millrace.engine.Money;
import io.millrace.engine.Payout;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageWriter;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What affiliates were paid: listed, recorded once by its reference, removed. Thread-safe. */
public record PayoutAdmin(Engine engine, StoreExecutor executor, AccountDirectory accounts, InstantSource clock) {
    private static final String PATH = "/api/sites/{siteId}/affiliates/{affiliateId}/payouts";
    private static final int MAX_REFERENCE = 200;
    private static final Input AMOUNT = Input.whole(
                    "amount", 1, Money.MOST, "In minor units of the currency")
            .must();
    private static final Input PAID_AT = Input.time("paid_at", "Now when it is absent");
    private static final Form NEW = new Form(
            "NewPayout",
            Input.text("reference", "What the payment is known by: the same again changes nothing")
                    .must(),
            AMOUNT,
            PaymentFields.CURRENCY.must(),
            PAID_AT);

    @SnakeCase
    record PaidOut(long id, String reference, long amount, String currency, OffsetDateTime paidAt) {
        private static PaidOut of(Payout p, Site site) {
            return new PaidOut(
                    p.id(),
                    p.reference(),
                    p.amount().minor(),
                    p.amount().currency(),
                    Times.at(p.paidAt(), site.zone()));
        }
    }

    record PayoutList(List<PaidOut> payouts) {}

    private record Stored(Payout payout, boolean isNew) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "What an affiliate was paid")
                        .answers(PayoutList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Record that an affiliate was paid")
                        .takes(NEW)
                        .answers(201, "It is new", PaidOut.class)
                        .answers(200, "It was known already: as it is stored", PaidOut.class)
                        .by(this::add),
                Operation.delete(PATH + "/{payoutId}", Permission.EDIT, "Remove what was recorded by mistake")
                        .by(this::remove));
    }

    private Affiliate affiliate(Call call) {
        Affiliate found = engine.sites().affiliate(call.site().id(), call.id("affiliateId"));
        if (found == null) {
            throw ApiException.notFound("affiliate");
        }
        return found;
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        Affiliate affiliate = affiliate(call);
        return executor.onStoreThread(writer -> writer.payouts(affiliate.siteId(), affiliate.id()))
                .thenApply(all -> ApiAnswers.json(
                        200,
                        new PayoutList(all.stream()
                                .map(p -> PaidOut.of(p, call.site()))
                                .toList())));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String reference = body.required("reference", MAX_REFERENCE);
        Affiliate affiliate = affiliate(call);
        Long paidAt = body.time(PAID_AT, clock.millis());
        Payout sent = new Payout(
                0,
                affiliate.siteId(),
                affiliate.id(),
                reference,
                PaymentFields.money(body, AMOUNT),
                paidAt == null ? clock.millis() : paidAt);
        return executor.onStoreThread(writer -> store(writer, sent, paidAt != null))
                .thenCompose(s -> (s.isNew()
                                ? accounts.note(call, "payout.add", affiliate.slug() + " " + sent.reference())
                                : CompletableFuture.<Void>completedFuture(null))
                        .thenApply(v -> ApiAnswers.json(s.isNew() ? 201 : 200, PaidOut.of(s.payout(), call.site()))));
    }

    private static Stored store(StorageWriter writer, Payout sent, boolean timed) {
        Optional<Payout> known = writer.payouts(sent.siteId(), sent.affiliateId()).stream()
                .filter(p -> p.reference().equals(sent.reference()))
                .findFirst();
        if (known.isEmpty()) {
            return new Stored(writer.savePayout(sent), true);
        }
        Payout before = known.get();
        Payments.same("amount", before.amount().minor(), sent.amount().minor(), "reference");
        Payments.same("currency", before.amount().currency(), sent.amount().currency(), "reference");
        Payments.same("paid_at", before.paidAt(), timed ? sent.paidAt() : null, "reference");
        return new Stored(before, false);
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Affiliate affiliate = affiliate(call);
        int id = call.id("payoutId");
        return executor.onStoreThread(writer -> {
                    Payout found = writer.payouts(affiliate.siteId(), affiliate.id()).stream()
                            .filter(p -> p.id() == id)
                            .findFirst()
                            .orElseThrow(() -> ApiException.notFound("payout"));
                    writer.removePayout(found);
                    return found;
                })
                .thenCompose(p -> accounts.note(call, "payout.remove", affiliate.slug() + " " + p.reference()))
                .thenApply(v -> ApiAnswers.empty(204));
    }
}
