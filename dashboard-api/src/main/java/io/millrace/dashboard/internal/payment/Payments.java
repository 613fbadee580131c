package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Conversion.Status;
import io.millrace.engine.Engine;
import io.millrace.engine.Refund;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.engine.spi.StorageWriter.AffiliateTouch;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Records payments and refunds, each once: what comes again under the same id changes nothing, and is refused when it says
 * something else. What a repeat leaves out it does not contradict. For the store thread.
 */
record Payments(Engine engine, InstantSource clock) {
    private static final String ID = "external_id";

    /**
     * What became of a payment or refund.
     *
     * @param refund null: it was a payment
     */
    record Recorded(Conversion conversion, Refund refund, boolean isNew) {}

    /** Records a payment, and that it is refunded when it says so, in whatever order the two arrive. */
    Recorded pay(StorageWriter writer, Payment sent) {
        Optional<Conversion> known = writer.findConversion(sent.site().id(), sent.externalId());
        known.ifPresent(c -> refuseAnother(c, sent));
        Conversion conversion = known.orElseGet(() -> writer.saveConversion(conversion(writer, sent)));
        if (sent.status() == Status.REFUNDED && conversion.status() == Status.COMPLETED) {
            long at = known.isPresent() ? clock.millis() : conversion.occurredAt();
            conversion = save(writer, null, conversion, conversion.left(), at).conversion();
        }
        return new Recorded(conversion, null, known.isEmpty());
    }

    /**
     * Records a payment that a provider tells of by several events: the first says when it was and whose, all say how much.
     */
    Recorded payByAnyEvent(StorageWriter writer, Payment sent) {
        boolean known =
                writer.findConversion(sent.site().id(), sent.externalId()).isPresent();
        return pay(writer, known ? sent.amountAlone() : sent);
    }

    /** Records a refund. */
    Recorded refund(StorageWriter writer, Repayment sent) {
        int site = sent.site().id();
        Conversion conversion = writer.findConversion(site, sent.conversion())
                .orElseThrow(() -> ApiException.field("conversion", "no payment has this external_id"));
        Optional<Refund> known = writer.findRefund(site, sent.externalId());
        if (known.isPresent()) {
            refuseAnother(known.get(), conversion, sent);
            return new Recorded(conversion, known.get(), false);
        }
        if (sent.currency() != null
                && !sent.currency().equals(conversion.amount().currency())) {
            throw ApiException.field(
                    "currency", "the payment was in " + conversion.amount().currency());
        }
        long amount = sent.amount() == null ? conversion.left() : sent.amount();
        if (amount > conversion.left() || conversion.status() == Status.REFUNDED) {
            throw ApiException.field("amount", "no more than " + conversion.left() + " is left of the payment");
        }
        long at = sent.occurredAt() == null ? clock.millis() : sent.occurredAt();
        return save(writer, sent.externalId(), conversion, amount, at);
    }

    private static Recorded save(StorageWriter writer, String id, Conversion before, long amount, long at) {
        Refund refund = writer.saveRefund(new Refund(0, before.siteId(), id, before.id(), amount, at), before);
        return new Recorded(refund.of(before), refund, true);
    }

    private static void refuseAnother(Conversion known, Payment sent) {
        same("amount", known.amount().minor(), sent.amount().minor(), ID);
        same("currency", known.amount().currency(), sent.amount().currency(), ID);
        same("occurred_at", known.occurredAt(), sent.occurredAt(), ID);
        if (known.sent() != null) {
            sent.names().forEach((field, value) -> {
                if (!value.equals(known.sent().get(field))) {
                    throw another(field, ID);
                }
            });
        }
    }

    private static void refuseAnother(Refund known, Conversion conversion, Repayment sent) {
        same("conversion", known.conversionId(), conversion.id(), ID);
        same("amount", known.amount(), sent.amount(), ID);
        same("currency", conversion.amount().currency(), sent.currency(), ID);
        same("occurred_at", known.occurredAt(), sent.occurredAt(), ID);
    }

    /**
     * Refuses to take for a repeat what is none.
     *
     * @param now null: it is not said again
     * @param id the field by which a repeat is known
     */
    static void same(String field, Object before, Object now, String id) {
        if (now != null && !now.equals(before)) {
            throw another(field, id);
        }
    }

    private static ApiException another(String field, String id) {
        return ApiException.conflict(field + ": is another one than was recorded under this " + id, field);
    }

    private Conversion conversion(StorageWriter writer, Payment sent) {
        long at = sent.occurredAt() == null ? clock.millis() : sent.occurredAt();
        Optional<Visit> visit = visit(writer, sent, at);
        String visitor = sent.visitor() != null
                ? sent.visitor()
                : visit.map(v -> v.key().visitor()).orElse(null);
        Affiliate affiliate = sent.affiliate() != null ? named(sent) : credited(writer, sent, visitor, at);
        Conversion conversion = Conversion.of(sent.site().id(), sent.externalId(), sent.amount(), at)
                .with()
                .visitor(visitor)
                .visitId(visit.map(Visit::id).orElse(0L))
                .sent(Map.copyOf(sent.names()))
                .build();
        return affiliate == null ? conversion : conversion.withAffiliate(affiliate);
    }

    private static Optional<Visit> visit(StorageWriter writer, Payment sent, long at) {
        int site = sent.site().id();
        if (sent.visitor() == null && sent.session() == null) {
            return Optional.empty();
        }
        Optional<Visit> exact = writer.findVisit(site, sent.visitor(), sent.session(), at);
        return exact.isPresent() || sent.visitor() == null ? exact : writer.findVisit(site, sent.visitor(), null, at);
    }

    private Affiliate named(Payment sent) {
        Affiliate found = engine.sites().affiliate(sent.site().id(), sent.affiliate());
        if (found == null) {
            throw ApiException.field("affiliate", "no such affiliate");
        }
        return found;
    }

    /** The affiliate of the visitor's latest affiliate visit that is within that affiliate's window; null: nobody. */
    private Affiliate credited(StorageWriter writer, Payment sent, String visitor, long at) {
        if (visitor == null) {
            return null;
        }
        int site = sent.site().id();
        return writer.touches(site, visitor, at).stream()
                .filter(t -> within(engine.sites().affiliate(site, t.affiliateId()), at - t.time()))
                .max(Comparator.comparingLong(AffiliateTouch::time).thenComparingLong(AffiliateTouch::visitId))
                .map(t -> engine.sites().affiliate(site, t.affiliateId()))
                .orElse(null);
    }

    private static boolean within(Affiliate affiliate, long millis) {
        return affiliate != null && millis <= affiliate.window().toMillis();
    }
}
