package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.internal.shape.Shape;
import java.util.Collection;
import java.util.List;

/**
 * A value that a request brings: a part of its path, a parameter of its query, or a field of its body. Immutable.
 *
 * @param about what it means, for people; null: its name says so
 * @param required whether the request must bring it
 * @param nullable whether null means something else than its absence
 * @param otherwise what holds when it is absent, or null
 * @param values the texts that there are; of a group, the names of its members
 * @param fields of each object of a list
 */
public record Input(
        String name,
        String about,
        Kind kind,
        boolean required,
        boolean nullable,
        Object otherwise,
        long least,
        long greatest,
        List<String> values,
        List<Input> fields) {

    /** What the name of a family of parameters ends with, instead of what tells its members apart. */
    public static final String ANY = "*";

    /** What a value is. */
    public enum Kind {
        TEXT,
        /** A text that is one of a few. */
        CHOICE,
        DATE,
        TIME,
        WHOLE,
        FRACTION,
        FLAG,
        TEXTS,
        /** An object of texts. */
        MAP,
        /** An object of anything. */
        OBJECT,
        /** A list of objects. */
        OBJECTS,
        /** Parameters that are read alike, each of which may be repeated. */
        GROUP
    }

    private static Input of(String name, Kind kind, String about) {
        return new Input(name, about, kind, false, false, null, 0, 0, List.of(), List.of());
    }

    public static Input text(String name, String about) {
        return of(name, Kind.TEXT, about);
    }

    public static Input date(String name, String about) {
        return of(name, Kind.DATE, about);
    }

    public static Input time(String name, String about) {
        return of(name, Kind.TIME, about);
    }

    public static Input flag(String name, String about) {
        return of(name, Kind.FLAG, about);
    }

    public static Input fraction(String name, long least, long greatest, String about) {
        return new Input(name, about, Kind.FRACTION, false, false, null, least, greatest, List.of(), List.of());
    }

    /** A whole number; 0 when it is absent. */
    public static Input whole(String name, long least, long greatest, String about) {
        return new Input(name, about, Kind.WHOLE, false, false, null, least, greatest, List.of(), List.of());
    }

    /** A whole number that is something else when it is absent. */
    public static Input whole(String name, long otherwise, long least, long greatest, String about) {
        return new Input(name, about, Kind.WHOLE, false, false, otherwise, least, greatest, List.of(), List.of());
    }

    public static Input choice(String name, Collection<String> values, String about) {
        return new Input(name, about, Kind.CHOICE, false, false, null, 0, 0, List.copyOf(values), List.of());
    }

    /** One of an enumeration's constants. */
    public static Input choice(String name, Enum<?>[] constants, String about) {
        return choice(name, Shape.labels(constants), about);
    }

    public static Input object(String name, String about) {
        return of(name, Kind.OBJECT, about);
    }

    /** A list of objects with these fields. */
    public static Input objects(String name, String about, Input... fields) {
        return new Input(name, about, Kind.OBJECTS, false, false, null, 0, 0, List.of(), List.of(fields));
    }

    /**
     * A list of texts.
     *
     * @param values the texts that there are; empty: any
     */
    public static Input texts(String name, Collection<String> values, String about) {
        return new Input(name, about, Kind.TEXTS, false, false, null, 0, 0, List.copyOf(values), List.of());
    }

    public static Input map(String name, Collection<String> values, String about) {
        return new Input(name, about, Kind.MAP, false, false, null, 0, 0, List.copyOf(values), List.of());
    }

    public static Input group(String name, Collection<String> members, String about) {
        return new Input(name, about, Kind.GROUP, false, false, null, 0, 0, List.copyOf(members), List.of());
    }

    /** The same, which must be there. */
    public Input must() {
        return new Input(name, about, kind, true, nullable, otherwise, least, greatest, values, fields);
    }

    /** The same, which null clears. */
    public Input clearable() {
        return new Input(name, about, kind, required, true, otherwise, least, greatest, values, fields);
    }

    /** The same, which is one of its values when it is absent. */
    public Input or(String value) {
        return new Input(name, about, kind, required, nullable, value, least, greatest, values, fields);
    }

    /** The parameters that it stands for: itself, or the members of a group. */
    public List<String> names() {
        return kind == Kind.GROUP ? values : List.of(name);
    }

    /** The number that holds when it is absent. */
    long missing() {
        return otherwise == null ? 0 : (Long) otherwise;
    }

    /** Why a number is refused. */
    String range() {
        return "number from " + least + " to " + greatest;
    }
}
