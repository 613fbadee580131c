package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.engine.Money;
import io.millrace.wire.MoneyReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Currency;

/** Fields that payments have in common. Pure functions. */
final class PaymentFields {
    static final long MAX_AMOUNT = 1_000_000_000_000L;
    static final Input CURRENCY = Input.text("currency", "Three letters, ISO 4217");
    private static final long AHEAD_MILLIS = 86_400_000;

    private PaymentFields() {}

    static Currency currency(JsonBody body) {
        Currency currency = MoneyReader.currency(body.required(CURRENCY.name(), 64));
        if (currency == null) {
            throw ApiException.field(CURRENCY.name(), "must be three letters of ISO 4217");
        }
        return currency;
    }

    /** An amount of money, with its currency. */
    static Money money(JsonBody body, Input amount) {
        if (!body.hasValue(amount.name())) {
            throw ApiException.field(amount.name(), "missing");
        }
        return new Money(body.big(amount), currency(body).getCurrencyCode());
    }

    /** UTC milliseconds, or null: absent. */
    static Long time(JsonBody body, String name, InstantSource clock) {
        String text = body.text(name);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.toEpochMilli() >= 0 && time.toEpochMilli() <= clock.millis() + AHEAD_MILLIS) {
                return time.toEpochMilli();
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // falls through to the one refusal that names the form
        }
        throw ApiException.field(name, "must be a time like 2026-11-20T13:00:00Z, not ahead");
    }
}
