package io.millrace.wire;

import io.millrace.engine.Money;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads what custom events carry: properties and revenue. They decorate, so nothing here refuses a draft. */
final class Extras {
    static final int MAX_PROPS = 30;
    static final int MAX_KEY = 64;
    static final int MAX_VALUE = 512;

    private Extras() {}

    /**
     * A flat object of texts, numbers and truth values, or the same as JSON in a string. Numbers and truth values become
     * texts, {@code null} leaves its key out; keys and values are cut; of more than {@value #MAX_PROPS} the first count.
     */
    static Map<String, String> props(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.at('{')) {
            return object(json, draft, field);
        }
        if (json.at('"')) {
            return inText(json.string(), draft, field);
        }
        if (!json.nothing()) {
            json.skip();
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
        return Map.of();
    }

    private static Map<String, String> inText(String text, Draft draft, String field) {
        if (PlainText.isBlank(text)) {
            return Map.of();
        }
        Map<String, String> props = inText(text, inner -> object(inner, draft, field));
        if (props == null) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
        return props == null ? Map.of() : props;
    }

    @FunctionalInterface
    private interface ObjectReader<T> {
        T read(JsonCursor json) throws MalformedJson;
    }

    /** What the object is that a text holds as JSON, or null when it holds none. */
    private static <T> T inText(String text, ObjectReader<T> reader) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            JsonCursor inner = new JsonCursor();
            inner.open(bytes, bytes.length, Limits.MAX_DEPTH);
            T object = inner.at('{') ? reader.read(inner) : null;
            inner.end();
            return object;
        } catch (MalformedJson e) {
            return null;
        }
    }

    private static Map<String, String> object(JsonCursor json, Draft draft, String field) throws MalformedJson {
        Map<String, String> props = new HashMap<>();
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            String key = Texts.cut(draft, field, json.name(), MAX_KEY);
            String value = Values.scalar(json, draft, field);
            if (key == null) {
                draft.clean(field, Cleaned.Reason.UNREADABLE);
            } else if (value != null) {
                put(props, key, value, draft, field);
            }
        }
        return props;
    }

    private static void put(Map<String, String> props, String key, String value, Draft draft, String field) {
        if (props.size() == MAX_PROPS && !props.containsKey(key)) {
            draft.clean(field, Cleaned.Reason.TOO_MANY);
            return;
        }
        String text = Texts.cut(draft, field, value, MAX_VALUE);
        props.put(key, text == null ? "" : text);
    }

    private enum Part {
        AMOUNT,
        CURRENCY
    }

    private static final JsonNames<Part> PARTS = new JsonNames<>(Part.values());

    /**
     * {@code {"amount": 12.5, "currency": "EUR"}}, the amount in units of the currency, as number or text; or the same as
     * JSON in a string.
     */
    static Money revenue(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.nothing()) {
            return null;
        }
        Money money = null;
        if (json.at('{')) {
            money = money(json, draft, field);
        } else if (json.at('"')) {
            String text = json.string();
            if (PlainText.isBlank(text)) {
                return null;
            }
            money = inText(text, inner -> money(inner, draft, field));
        } else {
            json.skip();
        }
        if (money == null) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
        return money;
    }

    private static Money money(JsonCursor json, Draft draft, String field) throws MalformedJson {
        String amount = null;
        String currency = null;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Part part = json.name(PARTS);
            if (part == null) {
                json.skip();
            } else if (part == Part.AMOUNT) {
                amount = Values.scalar(json, draft, field);
            } else {
                currency = Values.scalar(json, draft, field);
            }
        }
        return MoneyReader.read(amount, currency);
    }
}
