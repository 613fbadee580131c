package io.millrace.wire;

import io.millrace.engine.Event;
import io.millrace.wire.json.JsonWriter;
import java.util.Arrays;

/** Writes enriched events as lines of the replay format. Not thread-safe. */
public final class EventWriter {
    private static final int VERSION = 1;

    private final JsonWriter json = new JsonWriter();

    /** A writer. */
    public EventWriter() {}

    /**
     * One line, with its end.
     *
     * @param reason for people: why it is written; null: no reason
     */
    public byte[] line(Event event, String reason) {
        json.reset().object().member("v", VERSION).member("time", event.time());
        if (reason != null) {
            json.member("reason", reason);
        }
        json.name("event").object();
        event(event);
        byte[] text = json.endObject().endObject().toByteArray();
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    private void event(Event event) {
        for (EventField field : EventField.values()) {
            Object value = field.of(event);
            if (value != null && !(value instanceof Number number && number.longValue() == 0)) {
                json.name(field.label()).tree(value);
            }
        }
    }
}
