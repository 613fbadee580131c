package io.millrace.engine;

/** An amount in minor units (cents) of an ISO 4217 currency. Immutable. */
public record Money(long minor, String currency) {}
