package io.millrace.dashboard.internal.payment;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Conversion;
import io.millrace.engine.Money;
import io.millrace.engine.PlainText;
import io.millrace.engine.Site;
import io.millrace.wire.MoneyReader;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What Stripe tells of one thing that happened. Immutable.
 *
 * @param type such as {@code checkout.session.completed}
 * @param created when, UTC milliseconds
 * @param object what it happened to
 */
record StripeEvent(String type, long created, Map<?, ?> object) {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ID = 200;
    private static final int MAX_NAME = 64;
    private static final String OBJECT = "data.object.";
    private static final Set<String> CHECKOUTS =
            Set.of("checkout.session.completed", "checkout.session.async_payment_succeeded");
    private static final Set<String> REFUNDS = Set.of("refund.created", "refund.updated", "charge.refund.updated");

    /** Whose amounts Stripe writes in whole units, and in thousandths; those of all others in hundredths. */
    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    static StripeEvent read(byte[] body) {
        Map<String, Object> event;
        try {
            event = Json.object(body, MAX_DEPTH);
        } catch (MalformedJson e) {
            throw new ApiException(400, "malformed", "the body must be one JSON object: " + e.getMessage());
        }
        if (!(event.get("data") instanceof Map<?, ?> data) || !(data.get("object") instanceof Map<?, ?> object)) {
            throw ApiException.field("data.object", "must be an object");
        }
        return new StripeEvent(text("", event, "type", MAX_ID), seconds("", event), object);
    }

    /**
     * The payment that it tells of, known by its payment intent, or by the session where there is none; null: it tells of
     * none that was made. The time is the event's, and names are what the shop wrote into {@code metadata}; one that is of
     * no use is left out, because the money was paid all the same.
     *
     * @param affiliates the slugs that the site has
     * @param leftOut told of each name that is left out
     */
    Payment payment(Site site, Predicate<String> affiliates, Runnable leftOut) {
        if (CHECKOUTS.contains(type)) {
            return "paid".equals(object.get("payment_status"))
                    ? payment(
                            site,
                            object.get("payment_intent") == null ? "id" : "payment_intent",
                            "amount_total",
                            affiliates,
                            leftOut)
                    : null;
        }
        return type.equals("payment_intent.succeeded")
                ? payment(site, "id", "amount_received", affiliates, leftOut)
                : null;
    }

    private Payment payment(Site site, String id, String amount, Predicate<String> affiliates, Runnable leftOut) {
        Currency currency = currency();
        String visitor = name("visitor_id", name -> true, leftOut);
        String affiliate = name("affiliate", name -> affiliates.test(name.toLowerCase(Locale.ROOT)), leftOut);
        return new Payment(
                site,
                text(OBJECT, object, id, MAX_ID),
                Conversion.Status.COMPLETED,
                new Money(minor(amount, currency), currency.getCurrencyCode()),
                created,
                visitor == null ? reference() : visitor,
                name("session_id", name -> true, leftOut),
                affiliate == null ? null : affiliate.toLowerCase(Locale.ROOT));
    }

    /** The refund that it tells of, once it has succeeded; null: it tells of none. */
    Repayment refund(Site site) {
        if (!REFUNDS.contains(type)
                || !"succeeded".equals(object.get("status"))
                || object.get("payment_intent") == null) {
            return null;
        }
        Currency currency = currency();
        return new Repayment(
                site,
                text(OBJECT, object, "id", MAX_ID),
                text(OBJECT, object, "payment_intent", MAX_ID),
                minor("amount", currency),
                currency.getCurrencyCode(),
                seconds(OBJECT, object));
    }

    /** The visitor's id where a payment link was given it; what is too long for one is the shop's own. */
    private String reference() {
        return text(object.get("client_reference_id"), MAX_NAME);
    }

    private String name(String key, Predicate<String> usable, Runnable leftOut) {
        Object value = object.get("metadata") instanceof Map<?, ?> metadata ? metadata.get(key) : null;
        if (value == null || "".equals(value)) {
            return null;
        }
        String name = text(value, MAX_NAME);
        if (name == null || !usable.test(name)) {
            leftOut.run();
            return null;
        }
        return name;
    }

    private Currency currency() {
        Currency currency = object.get("currency") instanceof String code ? MoneyReader.currency(code) : null;
        if (currency == null) {
            throw ApiException.field(OBJECT + "currency", "must be three letters of ISO 4217");
        }
        return currency;
    }

    /** An amount as Stripe writes it, in minor units of ISO 4217. */
    private long minor(String name, Currency currency) {
        Long amount = object.get(name) instanceof Number n
                ? JsonNumbers.toLong(n.toString(), RoundingMode.UNNECESSARY)
                : null;
        if (amount == null || amount < 0 || amount > Money.MOST) {
            throw tooMuch(name);
        }
        String code = currency.getCurrencyCode();
        int digits = WHOLE.contains(code) ? 0 : THOUSANDTHS.contains(code) ? 3 : 2;
        for (; digits < currency.getDefaultFractionDigits(); digits++) {
            amount *= 10;
        }
        for (; digits > currency.getDefaultFractionDigits(); digits--) {
            if (amount % 10 != 0) {
                throw ApiException.field(OBJECT + name, "is finer than " + code + " can be");
            }
            amount /= 10;
        }
        if (amount > Money.MOST) {
            throw tooMuch(name);
        }
        return amount;
    }

    private static ApiException tooMuch(String name) {
        return ApiException.field(OBJECT + name, "must be a whole number from 0 to " + Money.MOST);
    }

    /** A time, UTC milliseconds. */
    private static long seconds(String path, Map<?, ?> in) {
        Long seconds = in.get("created") instanceof Number n
                ? JsonNumbers.toLong(n.toString(), RoundingMode.UNNECESSARY)
                : null;
        if (seconds == null || seconds < 0 || seconds > 1L << 40) {
            throw ApiException.field(path + "created", "must be a time in seconds");
        }
        return seconds * 1000;
    }

    private static String text(String path, Map<?, ?> in, String name, int maxBytes) {
        String text = text(in.get(name), maxBytes);
        if (text == null) {
            throw ApiException.field(path + name, "must be a text of 1 to " + maxBytes + " bytes");
        }
        return text;
    }

    /** A text without the blanks around it; null: it is none, or cannot be stored. */
    private static String text(Object value, int maxBytes) {
        String text = value instanceof String s ? PlainText.strip(s) : "";
        boolean fits = !text.isEmpty()
                && text.getBytes(StandardCharsets.UTF_8).length <= maxBytes
                && text.chars().noneMatch(Character::isISOControl);
        return fits ? text : null;
    }
}
