package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
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
import io.millrace.engine.Payouts;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What affiliates were paid: listed, recorded once by its reference, removed. Thread-safe. */
public record PayoutAdmin(
        Engine engine, StoreExecutor executor, WorkerPool readers, AccountDirectory accounts, InstantSource clock) {
    private static final String PATH = "/api/sites/{siteId}/affiliates/{affiliateId}/payouts";
    private static final Input LIMIT = Input.whole("limit", 100, 1, 500, "How many at most");
    private static final Input OFFSET =
            Input.whole("offset", 0, 0, 1_000_000, "How many to leave out, the latest first");
    private static final Input AMOUNT = Input.whole("amount", 1, Money.MOST, "In minor units of the currency")
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

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "What an affiliate was paid, the latest first")
                        .with(LIMIT, OFFSET)
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
        int offset = call.params().number(OFFSET);
        int limit = call.params().number(LIMIT);
        StorageReader reader = engine.storage().reader();
        return readers.submit(Claim.of(call), () -> reader.payouts(affiliate.siteId(), affiliate.id(), offset, limit))
                .thenApply(some -> ApiAnswers.json(
                        200,
                        new PayoutList(some.stream()
                                .map(p -> PaidOut.of(p, call.site()))
                                .toList())));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String reference = body.required("reference", Payout.LONGEST_REFERENCE);
        Affiliate affiliate = affiliate(call);
        Long paidAt = body.time(PAID_AT, clock.millis());
        Payout sent = new Payout(
                0,
                affiliate.siteId(),
                affiliate.id(),
                reference,
                PaymentFields.money(body, AMOUNT),
                paidAt == null ? clock.millis() : paidAt);
        sent.fault().ifPresent(why -> {
            throw ApiException.fault(why);
        });
        return executor.onStoreThread(writer -> Payouts.record(writer, sent)).thenCompose(recorded -> {
            Payout stored = recorded.payout();
            sent.conflict(stored, paidAt != null).ifPresent(why -> {
                throw ApiException.conflict(why);
            });
            CompletableFuture<Void> noted = recorded.isNew()
                    ? accounts.note(call, "payout.add", affiliate.slug() + " " + stored.reference())
                    : CompletableFuture.completedFuture(null);
            return noted.thenApply(v -> ApiAnswers.json(recorded.isNew() ? 201 : 200, PaidOut.of(stored, call.site())));
        });
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Affiliate affiliate = affiliate(call);
        int id = call.id("payoutId");
        return executor.onStoreThread(writer -> writer.removePayout(affiliate.siteId(), affiliate.id(), id)
                        .orElseThrow(() -> ApiException.notFound("payout")))
                .thenCompose(p -> accounts.note(call, "payout.remove", affiliate.slug() + " " + p.reference()))
                .thenApply(v -> ApiAnswers.empty(204));
    }
}
