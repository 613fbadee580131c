package io.millrace.engine;

/**
 * A payment that a site reported. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param externalId the payment's own id, unique within its site: reporting it again changes nothing but its status
 * @param amount what was paid; a refunded payment keeps the amount and counts for nothing
 * @param occurredAt UTC milliseconds
 * @param visitor whose it is, or null: not known
 * @param visitId the visit that it is linked to, or 0: none
 * @param affiliateId who it is credited to, or 0: nobody
 */
public record Conversion(
        long id,
        int siteId,
        String externalId,
        Status status,
        Money amount,
        long occurredAt,
        String visitor,
        long visitId,
        int affiliateId) {

    /** What became of a payment. */
    public enum Status {
        COMPLETED,
        REFUNDED
    }

    /** The same with this id. */
    public Conversion withId(long id) {
        return new Conversion(id, siteId, externalId, status, amount, occurredAt, visitor, visitId, affiliateId);
    }

    /** The same in another state. */
    public Conversion withStatus(Status status) {
        return new Conversion(id, siteId, externalId, status, amount, occurredAt, visitor, visitId, affiliateId);
    }

    /** The same, credited to nobody. */
    public Conversion withoutAffiliate() {
        return new Conversion(id, siteId, externalId, status, amount, occurredAt, visitor, visitId, 0);
    }
}
