package io.millrace.dashboard.internal.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The fields of a record, in order, as JSON, CSV and the OpenAPI document have them. It is found once for each class.
 * Immutable.
 *
 * <p>Fields are named as the components are, unless an annotation says otherwise. An enumeration's constants read as
 * their text in lower case, and an {@link OffsetDateTime} as ISO 8601 with milliseconds.
 */
public final class Shape {
    /** What a field holds that is not to be written at all. */
    public static final Object ABSENT = new Object();

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> record) {
            return new Shape(record);
        }
    };

    /** The name of a field, or of a record in the OpenAPI document. */
    @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Name {
        String value();
    }

    /** The record's fields are named {@code page_views} where its components are {@code pageViews}. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface SnakeCase {}

    /** The field may be null. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Nullable {}

    /** The field is left out when it is null. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Omittable {}

    /** The component is a record whose fields stand in its place. If it is null, they are all null, or all left out. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Unwrapped {}

    /**
     * One field.
     *
     * @param type of its value; of a list with that of its items
     * @param nullable whether the value may be null
     * @param omittable whether the field may be left out
     * @param value finds the value in a record: {@link #ABSENT} when it is to be left out
     */
    public record Field(String name, Type type, boolean nullable, boolean omittable, UnaryOperator<Object> value) {

        /** A component's field when that component is unwrapped. */
        private Field within(Field outer) {
            Object otherwise = outer.omittable ? ABSENT : null;
            return new Field(name, type, nullable || outer.nullable, omittable || outer.omittable, r -> {
                Object inner = outer.value.apply(r);
                return inner == null || inner == ABSENT ? otherwise : value.apply(inner);
            });
        }
    }

    private final List<Field> fields;

    private Shape(Class<?> record) {
        List<Field> all = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Field field = field(component, record.isAnnotationPresent(SnakeCase.class));
            if (component.isAnnotationPresent(Unwrapped.class)) {
                of(component.getType()).fields.forEach(f -> all.add(f.within(field)));
            } else {
                all.add(field);
            }
        }
        fields = List.copyOf(all);
    }

    private static Field field(RecordComponent component, boolean snakeCase) {
        Name name = component.getAnnotation(Name.class);
        boolean omittable = component.isAnnotationPresent(Omittable.class);
        UnaryOperator<Object> value = reader(component);
        return new Field(
                name != null ? name.value() : snakeCase ? snakeCase(component.getName()) : component.getName(),
                component.getGenericType(),
                component.isAnnotationPresent(Nullable.class),
                omittable,
                omittable ? r -> orAbsent(value.apply(r)) : value);
    }

    private static Object orAbsent(Object value) {
        return value == null ? ABSENT : value;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static UnaryOperator<Object> reader(RecordComponent component) {
        Class<?> record = component.getDeclaringRecord();
        try {
            MethodHandle accessor = MethodHandles.privateLookupIn(record, MethodHandles.lookup())
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
            return r -> read(accessor, r);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(record + " is closed to this module", e);
        }
    }

    private static Object read(MethodHandle accessor, Object record) {
        try {
            return accessor.invokeExact(record);
        } catch (Throwable t) {
            throw new IllegalStateException("an accessor failed", t);
        }
    }

    public static Shape of(Class<?> record) {
        return SHAPES.get(record);
    }

    public List<Field> fields() {
        return fields;
    }

    /** The value of a record's field, or null when it has none of this name. */
    public static Object value(Object record, String name) {
        for (Field f : of(record.getClass()).fields) {
            if (f.name.equals(name)) {
                return f.value.apply(record);
            }
        }
        return null;
    }

    /** The type of a record's field, or null when it has none of this name. */
    public static Type type(Object record, String name) {
        return of(record.getClass()).fields.stream()
                .filter(f -> f.name.equals(name))
                .map(Field::type)
                .findFirst()
                .orElse(null);
    }

    /** What a record is called in the OpenAPI document. */
    public static String name(Class<?> record) {
        Name name = record.getAnnotation(Name.class);
        return name == null ? record.getSimpleName() : name.value();
    }

    /** A value as it is written: constants and times as texts, all others as they are. */
    public static Object plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return label(constant);
        }
        return value instanceof OffsetDateTime time ? ISO.format(time) : value;
    }

    /** Constants as they are written and read. */
    public static List<String> labels(Enum<?>... constants) {
        return Arrays.stream(constants).map(Shape::label).toList();
    }

    /** The constant that is written so, or null. */
    public static <E extends Enum<E>> E constant(Class<E> type, String label) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> label(constant).equals(label))
                .findAny()
                .orElse(null);
    }

    /** A constant as it is written and read. */
    public static String label(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
