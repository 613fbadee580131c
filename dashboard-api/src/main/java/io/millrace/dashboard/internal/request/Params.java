package io.millrace.dashboard.internal.request;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A request's query parameters, checked as they are read. Immutable. */
public record Params(Map<String, List<String>> values) {
    private static final int MAX_BYTES = 2048;
    private static final int MAX_VALUES = 50;

    /** Refuses a parameter that is none of these: a misspelt filter must not select everything. */
    public void only(Set<String> known) {
        values.forEach((name, all) -> {
            if (!known.contains(name) && !known.contains(family(name))) {
                throw ApiException.parameter(printable(name), "not a parameter of this path");
            }
            if (all.size() > MAX_VALUES) {
                throw ApiException.parameter(name, "given more than " + MAX_VALUES + " times");
            }
            for (String v : all) {
                if (v.length() > MAX_BYTES || v.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
                    throw ApiException.parameter(name, "longer than " + MAX_BYTES + " bytes");
                }
            }
        });
    }

    private static String family(String name) {
        return name.substring(0, name.indexOf('.') + 1) + Input.ANY;
    }

    public static String printable(String name) {
        String cut = name.length() > 64 ? name.substring(0, 64) : name;
        return cut.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The one value, or null when absent. */
    public String one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw ApiException.parameter(name, "given more than once");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    public int number(Input input) {
        String v = one(input.name());
        if (v == null) {
            return (int) input.missing();
        }
        try {
            int n = Integer.parseInt(v);
            if (n >= input.least() && n <= input.greatest()) {
                return n;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal that names the range
        }
        throw ApiException.parameter(input.name(), "must be a " + input.range());
    }

    /** One of the input's values; the one that holds otherwise, or null, when it is absent. */
    public String choice(Input input) {
        String v = one(input.name());
        if (v == null && !input.required()) {
            return (String) input.otherwise();
        }
        if (v == null || !input.values().contains(v)) {
            throw ApiException.parameter(input.name(), "must be one of " + String.join(", ", input.values()));
        }
        return v;
    }

    /** Those of these names, sorted. */
    public Map<String, List<String>> some(Collection<String> names) {
        Map<String, List<String>> some = new TreeMap<>(values);
        some.keySet().retainAll(names);
        return some;
    }
}
