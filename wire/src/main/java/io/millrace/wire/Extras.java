package io.millrace.wire;

import io.millrace.engine.Money;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads what custom events carry: properties and revenue. */
final class Extras {
    static final int MAX_PROPS = 30;
    static final int MAX_KEY = 64;
    static final int MAX_VALUE = 512;

    private Extras() {}

    /** A flat object of texts, numbers and truth values; the latter two become texts, {@code null} leaves its key out. */
    static Map<String, String> props(JsonCursor json, Draft draft) throws MalformedJson {
        if (json.nothing()) {
            return Map.of();
        }
        if (!json.at('{')) {
            json.skip();
            draft.refuse(FieldError.invalid("props", "must be an object"));
            return Map.of();
        }
        Map<String, String> props = new HashMap<>();
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            prop(json, draft, props);
        }
        return props;
    }

    /** The same, taken leniently, as other trackers promise: what does not fit is left out and refuses nothing. */
    static Map<String, String> flat(JsonCursor json, Draft draft) throws MalformedJson {
        if (!json.at('{')) {
            json.skip();
            return Map.of();
        }
        Map<String, String> props = new HashMap<>();
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            String key = json.name();
            String value = scalar(json, new Draft());
            boolean fits = !key.isEmpty() && Text.fits(key, MAX_KEY) && props.size() < MAX_PROPS;
            if (value != null && fits) {
                props.put(Text.clean(key), Values.cut(value, draft, MAX_VALUE));
            }
        }
        return props;
    }

    private static void prop(JsonCursor json, Draft draft, Map<String, String> props) throws MalformedJson {
        String key = json.name();
        String value = scalar(json, draft);
        if (key.isEmpty() || !Text.fits(key, MAX_KEY)) {
            draft.refuse(FieldError.invalid("props", "a key must have 1 to " + MAX_KEY + " bytes"));
        } else if (value != null) {
            props.put(Text.clean(key), Values.cut(value, draft, MAX_VALUE));
        }
        if (props.size() > MAX_PROPS) {
            draft.refuse(FieldError.invalid("props", "more than " + MAX_PROPS));
            props.clear();
        }
    }

    /** A value as text, or null for {@code null} and what is refused. */
    private static String scalar(JsonCursor json, Draft draft) throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        if (json.atNumber()) {
            return json.number();
        }
        if (json.at('{') || json.at('[')) {
            json.skip();
            draft.refuse(FieldError.invalid("props", "must be flat: a value is an object or array"));
            return null;
        }
        byte first = json.literal();
        return first == 'n' ? null : first == 't' ? "true" : "false";
    }

    private enum Part {
        AMOUNT,
        CURRENCY
    }

    private static final JsonNames<Part> PARTS =
            new JsonNames<>(Part.values(), part -> part.name().toLowerCase(Locale.ROOT));

    /** {@code {"amount": 12.5, "currency": "EUR"}}, the amount in units of the currency, as number or text. */
    static Money revenue(JsonCursor json, Draft draft) throws MalformedJson {
        if (json.nothing()) {
            return null;
        }
        Money money = null;
        if (json.at('{')) {
            money = money(json);
        } else {
            json.skip();
        }
        if (money == null) {
            draft.refuse(FieldError.invalid("revenue", "must have an amount and a currency of ISO 4217"));
        }
        return money;
    }

    private static Money money(JsonCursor json) throws MalformedJson {
        String amount = null;
        String currency = null;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Part part = json.name(PARTS);
            String value = json.at('"') ? json.string() : json.atNumber() ? json.number() : null;
            if (value == null) {
                json.skip();
            }
            amount = part == Part.AMOUNT ? value : amount;
            currency = part == Part.CURRENCY ? value : currency;
        }
        return amount == null || currency == null ? null : money(amount, currency);
    }

    static Money money(String amount, String currency) {
        Currency unit = unit(currency);
        Long minor = unit == null ? null : JsonNumbers.toMinor(amount, Math.max(0, unit.getDefaultFractionDigits()));
        return minor == null ? null : new Money(minor, unit.getCurrencyCode());
    }

    private static Currency unit(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
