package io.millrace.dashboard.internal.shape;

import io.millrace.wire.json.JsonWriter;
import java.util.Map;

/** Records as JSON, with what they hold: other records, lists, maps, and plain values. Thread-safe. */
public final class RecordJson {
    private RecordJson() {}

    public static byte[] write(Record answer) {
        JsonWriter out = new JsonWriter();
        value(out, answer);
        return out.toByteArray();
    }

    private static void value(JsonWriter out, Object value) {
        if (value instanceof Record record) {
            out.object();
            for (Shape.Field field : Shape.of(record.getClass()).fields()) {
                Object of = field.value().apply(record);
                if (of != Shape.ABSENT) {
                    value(out.name(field.name()), of);
                }
            }
            out.endObject();
        } else if (value instanceof Map<?, ?> map) {
            out.object();
            map.forEach((name, of) -> value(out.name((String) name), of));
            out.endObject();
        } else if (value instanceof Iterable<?> items) {
            out.array();
            items.forEach(item -> value(out, item));
            out.endArray();
        } else {
            out.tree(Shape.plain(value));
        }
    }
}
