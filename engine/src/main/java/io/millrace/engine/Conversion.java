package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * A payment that a site reported. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param externalId the site's own id of it, unique within its site: reporting it again changes nothing but its status
 * @param status REFUNDED when nothing of it is left
 * @param amount what was paid, whatever was refunded
 * @param refunded how much of it was, in the same minor units
 * @param occurredAt UTC milliseconds
 * @param visitor whose it is, or null: not known
 * @param visitId the visit that it is linked to, or 0: none
 * @param affiliateId who it is credited to, or 0: nobody
 * @param rate the share of that affiliate when it was recorded, 0 to 1: a later change is for later payments
 * @param sent what named the visitor, the session and the affiliate, by the field that it was sent in; null: not known any more
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Conversion(
        long id,
        int siteId,
        String externalId,
        Status status,
        Money amount,
        long refunded,
        long occurredAt,
        String visitor,
        long visitId,
        int affiliateId,
        double rate,
        Map<String, String> sent)
        implements ConversionBuilder.With {

    public Conversion {
        sent = sent == null ? null : Map.copyOf(sent);
    }

    /** What became of a conversion. */
    public enum Status {
        COMPLETED,
        REFUNDED
    }

    /** A payment of nobody that is known, nothing of it refunded. */
    public static Conversion of(int siteId, String externalId, Money amount, long occurredAt) {
        return new Conversion(0, siteId, externalId, Status.COMPLETED, amount, 0, occurredAt, null, 0, 0, 0, Map.of());
    }

    /** The same, credited to nobody. */
    public Conversion withoutAffiliate() {
        return with().affiliateId(0).rate(0).build();
    }

    /** The same, credited to an affiliate at its rate of now. */
    public Conversion withAffiliate(Affiliate affiliate) {
        return with().affiliateId(affiliate.id()).rate(affiliate.rate()).build();
    }

    /** What is left of it, in minor units. */
    public long left() {
        return amount.minor() - refunded;
    }

    /** The affiliate's share of what is left, in minor units. */
    public long commission() {
        return commissionOf(left());
    }

    /** The affiliate's share of a part of it: exact, and rounded half up to minor units. */
    public long commissionOf(long minor) {
        return BigDecimal.valueOf(rate)
                .multiply(BigDecimal.valueOf(minor))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
