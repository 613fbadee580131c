package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.engine.Money;
import io.millrace.wire.MoneyReader;
import java.util.Currency;

/** Fields that payments have in common. Pure functions. */
final class PaymentFields {
    static final Input CURRENCY = Input.text("currency", "Three letters, ISO 4217");

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
}
