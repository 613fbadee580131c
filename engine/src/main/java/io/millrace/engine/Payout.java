package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;

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
        implements PayoutBuilder.With {}
