package io.millrace.engine;

/** An amount in minor units (cents) of an ISO 4217 currency. Immutable. */
public record Money(long minor, String currency) {
    /** The most that a payment, a refund or a payout may come to, in minor units. */
    public static final long MOST = 1_000_000_000_000L;
}
