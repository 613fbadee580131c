package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Commission that an affiliate was paid. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param reference what the payment is known by, such as that of a bank transfer; unique for its affiliate
 * @param paidAt UTC milliseconds
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Payout(long id, int siteId, int affiliateId, String reference, Money amount, long paidAt)
        implements PayoutBuilder.With {
    /** Bytes of a reference. */
    public static final int LONGEST_REFERENCE = 200;

    /** Why it cannot be recorded, beginning with the field at fault; empty: it can. */
    public Optional<String> fault() {
        if (reference.isBlank()
                || !PlainText.fits(reference, LONGEST_REFERENCE)
                || reference.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("reference: has 1 to " + LONGEST_REFERENCE + " bytes, none of them a control character");
        }
        if (amount.minor() < 1 || amount.minor() > Money.MOST) {
            return Optional.of("amount: from 1 to " + Money.MOST + " minor units");
        }
        return Optional.empty();
    }

    /**
     * Why it is another one than what is recorded under its reference, beginning with the field that differs; empty: it is the same.
     *
     * @param timed whether somebody said when it was paid
     */
    public Optional<String> conflict(Payout recorded, boolean timed) {
        String field = amount.minor() != recorded.amount.minor()
                ? "amount"
                : !amount.currency().equals(recorded.amount.currency())
                        ? "currency"
                        : timed && paidAt != recorded.paidAt ? "paid_at" : null;
        return Optional.ofNullable(field).map(f -> f + ": is another one than was recorded under this reference");
    }
}
