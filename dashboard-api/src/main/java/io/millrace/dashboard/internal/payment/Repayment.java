package io.millrace.dashboard.internal.payment;

import io.millrace.engine.Site;

/**
 * A refund as it was sent. Immutable; null is what was not sent.
 *
 * @param externalId its own id
 * @param conversion the external id of the payment
 * @param amount in minor units; null: all that is left of the payment
 * @param occurredAt UTC milliseconds
 */
record Repayment(Site site, String externalId, String conversion, Long amount, String currency, Long occurredAt) {}
