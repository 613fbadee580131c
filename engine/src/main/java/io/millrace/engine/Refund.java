package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Money of a conversion that was paid back, all or a part of it. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param externalId the site's own id of it, unique within its site; null: all that was left, told by the conversion's status
 * @param conversionId which conversion's
 * @param amount in minor units of the conversion's currency
 * @param occurredAt UTC milliseconds
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Refund(long id, int siteId, String externalId, long conversionId, long amount, long occurredAt)
        implements RefundBuilder.With {

    /** A conversion after this refund of it. */
    public Conversion of(Conversion before) {
        Conversion after = before.withRefunded(before.refunded() + amount);
        return after.left() > 0 ? after : after.withStatus(Conversion.Status.REFUNDED);
    }
}
