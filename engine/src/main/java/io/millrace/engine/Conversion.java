package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A payment that a site reported. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param externalId the site's own id of it, unique within its site: reporting it again changes nothing but its status
 * @param amount what was paid; a refunded one keeps the amount and counts for nothing
 * @param occurredAt UTC milliseconds
 * @param visitor whose it is, or null: not known
 * @param visitId the visit that it is linked to, or 0: none
 * @param affiliateId who it is credited to, or 0: nobody
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Conversion(
        long id,
        int siteId,
        String externalId,
        Status status,
        Money amount,
        long occurredAt,
        String visitor,
        long visitId,
        int affiliateId)
        implements ConversionBuilder.With {

    /** What became of a conversion. */
    public enum Status {
        COMPLETED,
        REFUNDED
    }

    /** The same, credited to nobody. */
    public Conversion withoutAffiliate() {
        return withAffiliateId(0);
    }
}
