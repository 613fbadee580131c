package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Attribute;
import io.millrace.engine.Completed;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Filters from query parameters, in one normal form: equal selections are equal lists, whatever their order was.
 *
 * <p>Repeating a parameter means "or"; {@code !value} excludes; {@code (none)} is an absent value, as the reports call
 * it. A backslash before {@code *}, {@code !}, {@code (} or another one takes away what they mean: {@code \\(none)} is a
 * value of these letters.
 */
public final class Filters {
    /** What the parameters of properties begin with; their keys follow. */
    private static final String PROPERTY = "prop.";

    /** All of them, as an {@link Input} names a family of parameters. */
    public static final String ANY_PROPERTY = PROPERTY + Input.ANY;

    /** The longest key that the collector keeps. */
    public static final int MAX_KEY_BYTES = 64;

    /** The parameter that selects what a segment does. */
    static final String SEGMENT = "segment";

    private static final int MAX_VALUES = 100;
    private static final int MAX_WILDCARDS = 8;

    /** Characters of all patterns with wildcards: each is held against each text that the site has. */
    private static final int MAX_PATTERNS = 1_024;

    private static final int MAX_PATTERNS_OF_GUESTS = 128;

    /** By parameter name: every dimension but those of time, plus {@code path} for where {@code page} is a number. */
    private static final Map<String, Dimension> BY_NAME = names();

    private Filters() {}

    private static Map<String, Dimension> names() {
        Map<String, Dimension> names = Arrays.stream(Dimension.values())
                .filter(d -> d.kind() != Attribute.Kind.TIME)
                .collect(Collectors.toMap(Filters::name, Function.identity(), (a, b) -> a, TreeMap::new));
        names.put("path", Dimension.PAGE);
        return names;
    }

    public static String name(Attribute attribute) {
        if (attribute instanceof Completed) {
            return SiteGoals.PARAMETER;
        }
        return attribute instanceof Property property
                ? PROPERTY + property.key()
                : ((Dimension) attribute).name().toLowerCase(Locale.ROOT);
    }

    /** What a filter asks for, as its parameter says it. */
    public static List<String> values(Filter filter) {
        Collection<String> asked = filter.dimension() instanceof Completed completed
                ? new TreeSet<>(completed.goals().keySet())
                : filter.patterns();
        return asked.stream().map(v -> (filter.negated() ? "!" : "") + v).toList();
    }

    /**
     * What a name stands for that can be filtered by.
     *
     * @param field what to blame
     */
    public static Attribute attribute(String name, String field) {
        Property property = property(name, field);
        Attribute attribute = property == null ? BY_NAME.get(name) : property;
        if (attribute == null) {
            throw ApiException.parameter(
                    field, "must be one of " + String.join(", ", dimensions()) + ", " + ANY_PROPERTY);
        }
        return attribute;
    }

    /**
     * The property that a name stands for; null: it is not a property's name.
     *
     * @param field what to blame
     * @throws ApiException when its key is none that an event can have
     */
    public static Property property(String name, String field) {
        if (!name.startsWith(PROPERTY)) {
            return null;
        }
        String key = name.substring(PROPERTY.length());
        if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw ApiException.parameter(
                    Params.printable(field), "the key of a property has 1 to " + MAX_KEY_BYTES + " bytes");
        }
        return new Property(key);
    }

    /** All of them as one parameter of the document. */
    public static Input group(boolean pageIsNumber) {
        return group(names(pageIsNumber), "; " + SEGMENT + " is for all filters of the segment with this name or id");
    }

    /** The same for shared links, by which no segment can be named. */
    public static Input groupOfLinks() {
        Set<String> names = names(false);
        names.remove(SEGMENT);
        return group(names, "");
    }

    private static Input group(Set<String> names, String more) {
        return Input.group(
                "filters",
                names,
                "Only what has this value; repeat it for \"or\", ! before it excludes, * is a wildcard, \\ before one of them "
                        + "takes its meaning away, " + Spellings.NONE
                        + " is no value; " + PROPERTY
                        + "plan=pro is for events with this property, and the pages of who did them; "
                        + SiteGoals.PARAMETER
                        + " is for visits that completed the goal with this name or id"
                        + more);
    }

    /** The names of the dimensions that may be filtered by. */
    public static List<String> dimensions() {
        return BY_NAME.values().stream().map(Filters::name).distinct().sorted().toList();
    }

    public static Set<String> names(boolean pageIsNumber) {
        Set<String> names = new TreeSet<>(BY_NAME.keySet());
        names.add(ANY_PROPERTY);
        names.add(SiteGoals.PARAMETER);
        names.add(SEGMENT);
        if (pageIsNumber) {
            names.remove("page");
        }
        return names;
    }

    /**
     * Those of a request, without those of the segment that it names.
     *
     * @throws ApiException when there are too many, or one names what the site does not have
     */
    static List<Filter> of(Params params, boolean pageIsNumber, SiteGoals goals) {
        List<Filter> filters = new ArrayList<>();
        int values = 0;
        Set<String> names = names(pageIsNumber);
        for (String name : new TreeSet<>(params.values().keySet())) {
            boolean ofGoals = name.equals(SiteGoals.PARAMETER);
            Attribute attribute = names.contains(name) ? BY_NAME.get(name) : property(name, name);
            if (attribute == null && !ofGoals) {
                continue;
            }
            List<String> all = params.all(name);
            values += all.size();
            if (values > MAX_VALUES) {
                throw ApiException.parameter(name, "more than " + MAX_VALUES + " filter values in all");
            }
            if (ofGoals) {
                goals.select(all, filters);
            } else {
                add(filters, attribute, all);
            }
        }
        return List.copyOf(filters);
    }

    /**
     * Refuses patterns that take long to look for.
     *
     * @param search a text that is looked for anywhere in a value, or null
     * @param user whether the caller has a key or a session; others may have shorter ones
     */
    public static void refuseCostly(List<Filter> filters, String search, boolean user) {
        int patterns = filters.stream()
                .flatMap(f -> f.patterns().stream())
                .filter(p -> p.indexOf('*') >= 0)
                .mapToInt(String::length)
                .sum();
        int most = user ? MAX_PATTERNS : MAX_PATTERNS_OF_GUESTS;
        if (patterns > most) {
            throw new ApiException(400, "too_costly", "patterns of more than " + most + " characters in all");
        }
        if (search != null && search.length() + patterns > most) {
            throw ApiException.parameter("search", "longer than " + most + " characters, patterns of filters counted");
        }
    }

    private static void add(List<Filter> filters, Attribute dimension, List<String> all) {
        Set<String> wanted = new TreeSet<>();
        Set<String> unwanted = new TreeSet<>();
        for (String v : all) {
            if (v.chars().filter(c -> c == '*').count() > MAX_WILDCARDS) {
                throw ApiException.parameter(name(dimension), "more than " + MAX_WILDCARDS + " wildcards");
            }
            (v.startsWith("!") ? unwanted : wanted)
                    .addAll(Spellings.of(dimension, Spellings.pattern(v.startsWith("!") ? v.substring(1) : v)));
        }
        if (!wanted.isEmpty()) {
            filters.add(new Filter(dimension, false, List.copyOf(wanted)));
        }
        if (!unwanted.isEmpty()) {
            filters.add(new Filter(dimension, true, List.copyOf(unwanted)));
        }
    }
}
