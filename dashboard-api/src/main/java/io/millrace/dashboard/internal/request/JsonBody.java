package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.ApiRequest;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A request's JSON object, checked as it is read. Immutable. */
public final class JsonBody {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_TEXT = 2048;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_LIST = 50;
    private static final long AHEAD_MILLIS = 86_400_000;
    private final Map<String, Object> fields;

    private JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Reads the body; refuses fields that the form does not have. */
    public static JsonBody of(ApiRequest request, Form form) {
        String type = request.header("content-type");
        if (type == null || !type.split(";")[0].trim().equalsIgnoreCase(ApiAnswers.JSON)) {
            throw new ApiException(415, "unsupported_media_type", "the body must be application/json");
        }
        if (request.body().length > MAX_BYTES) {
            throw new ApiException(413, "too_large", "the body is larger than " + MAX_BYTES + " bytes");
        }
        Map<String, Object> fields = object(request.body());
        for (String name : fields.keySet()) {
            if (!form.has(name)) {
                throw ApiException.field(Params.printable(name), "not a field of this request");
            }
        }
        return new JsonBody(fields);
    }

    private static Map<String, Object> object(byte[] body) {
        try {
            return Json.object(body, MAX_DEPTH);
        } catch (MalformedJson e) {
            throw ApiException.badRequest("malformed", "the body must be one JSON object: " + e.getMessage(), null);
        }
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether there is a value, which {@code null} is not. */
    public boolean hasValue(String name) {
        return fields.get(name) != null;
    }

    /** A text without the blanks around it, or null when absent or null. */
    public String text(String name) {
        return text(name, MAX_TEXT);
    }

    public String text(String name, int maxBytes) {
        String text = raw(name);
        return text == null ? null : checked(name, PlainText.strip(text), maxBytes);
    }

    /** A password that must be there: as it was typed, blanks around it included. */
    public String password(String name, int maxBytes) {
        String text = raw(name);
        return notBlank(name, text == null ? null : checked(name, text, maxBytes));
    }

    private String raw(String name) {
        Object v = fields.get(name);
        if (v == null) {
            return null;
        }
        if (!(v instanceof String s)) {
            throw ApiException.field(name, "must be a text");
        }
        return s;
    }

    private static String checked(String name, String s, int maxBytes) {
        if (s.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw ApiException.field(name, "longer than " + maxBytes + " bytes");
        }
        if (s.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.field(name, "must not hold control characters");
        }
        return s;
    }

    /** A text that must be there and not be blank. */
    public String required(String name, int maxBytes) {
        return notBlank(name, text(name, maxBytes));
    }

    private static String notBlank(String name, String s) {
        if (s == null || s.isBlank()) {
            throw ApiException.field(name, "missing");
        }
        return s;
    }

    public boolean flag(String name, boolean otherwise) {
        return read(name, otherwise, Boolean.class, b -> true, "must be true or false");
    }

    public int number(Input input) {
        return (int) big(input);
    }

    /** A number that may be beyond the range of an {@code int}. */
    public long big(Input input) {
        Predicate<Number> within = n -> {
            Long whole = whole(n);
            return whole != null && whole >= input.least() && whole <= input.greatest();
        };
        return whole(read(input.name(), input.missing(), Number.class, within, "must be a whole " + input.range()));
    }

    /** A whole number, which {@code 5.0} is, too, or null. */
    private static Long whole(Number number) {
        return JsonNumbers.toLong(number.toString(), RoundingMode.UNNECESSARY);
    }

    /** A number with a fraction. */
    public double fraction(Input input, double otherwise) {
        Predicate<Number> within = n -> n.doubleValue() >= input.least() && n.doubleValue() <= input.greatest();
        return read(input.name(), otherwise, Number.class, within, "must be a " + input.range())
                .doubleValue();
    }

    /**
     * A moment, UTC milliseconds, or null when it is absent.
     *
     * @param now how late it may be, but for a day by which clocks may differ
     */
    public Long time(Input input, long now) {
        String text = text(input.name());
        if (text == null) {
            return null;
        }
        try {
            long time = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            if (time >= 0 && time <= now + AHEAD_MILLIS) {
                return time;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // falls through to the one refusal that names the form
        }
        throw ApiException.field(input.name(), "must be a time like 2026-11-20T13:00:00Z, not ahead");
    }

    /** A list of texts; empty when absent. */
    public List<String> texts(String name) {
        return hasValue(name)
                ? texts(name, fields.get(name)).stream().map(PlainText::strip).toList()
                : List.of();
    }

    private static List<String> texts(String name, Object v) {
        if (v instanceof List<?> list
                && list.size() <= MAX_LIST
                && list.stream().allMatch(JsonBody::isText)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw ApiException.field(name, "must be a list of at most " + MAX_LIST + " texts");
    }

    private static boolean isText(Object v) {
        return v instanceof String s && s.length() <= MAX_TEXT;
    }

    /** The value of a field that is of a type and right, or what holds when it is absent. */
    private <T> T read(String name, T otherwise, Class<T> type, Predicate<? super T> right, String why) {
        Object v = fields.get(name);
        if (v == null) {
            return otherwise;
        }
        if (type.isInstance(v) && right.test(type.cast(v))) {
            return type.cast(v);
        }
        throw ApiException.field(name, why);
    }

    /** Some of the fields as parameters, so that they are read and refused alike. */
    public Params params(List<String> names) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (String name : names) {
            if (text(name) != null) {
                params.put(name, List.of(text(name)));
            }
        }
        return new Params(params);
    }

    /** The object under a name, each of its fields a text or a list of texts; empty when absent. */
    public Map<String, List<String>> lists(String name) {
        Map<?, ?> object = read(name, Map.of(), Map.class, m -> true, "must be an object");
        Map<String, List<String>> lists = new TreeMap<>();
        object.forEach((field, value) ->
                lists.put((String) field, texts(name, value instanceof String s ? List.of(s) : value)));
        return lists;
    }

    /** A list of objects, the fields of each under {@code name[place].}; empty when absent. */
    public List<JsonBody> objects(Input input) {
        List<?> list = read(input.name(), List.of(), List.class, JsonBody::isOfObjects, "must be a list of objects");
        List<JsonBody> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, Object> inner = new LinkedHashMap<>();
            String place = input.name() + "[" + i + "].";
            ((Map<?, ?>) list.get(i)).forEach((name, value) -> {
                if (input.fields().stream().noneMatch(f -> f.name().equals(name))) {
                    throw ApiException.field(Params.printable(place + name), "not a field of this request");
                }
                inner.put(place + name, value);
            });
            objects.add(new JsonBody(inner));
        }
        return objects;
    }

    /** The object of texts under a name; empty when absent. */
    public Map<String, String> map(String name) {
        Map<?, ?> object = read(name, Map.of(), Map.class, JsonBody::isOfTexts, "must be an object of texts");
        Map<String, String> texts = new TreeMap<>();
        object.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }

    private static boolean isOfObjects(List<?> list) {
        return list.size() <= MAX_LIST && list.stream().allMatch(Map.class::isInstance);
    }

    private static boolean isOfTexts(Map<?, ?> map) {
        return map.size() <= 1000 && map.values().stream().allMatch(String.class::isInstance);
    }
}
