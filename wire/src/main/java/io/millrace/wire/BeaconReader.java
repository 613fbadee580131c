package io.millrace.wire;

import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.MalformedJson;
import java.util.Arrays;
import java.util.List;

/**
 * Reads collect bodies: one JSON object, or an array of them. Whatever bytes it is given it answers; it never throws.
 * Not thread-safe; keep one for each thread.
 */
public final class BeaconReader {
    private final JsonCursor json = new JsonCursor();

    /** A reader that has read nothing. */
    public BeaconReader() {}

    /** The names of the fields that a beacon may have. */
    public static List<String> fields() {
        return Arrays.stream(Field.values()).map(Field::label).toList();
    }

    /**
     * Reads a body.
     *
     * @param bytes not changed and not kept; only the first {@code length} are read
     * @param trusted whether the sender may say times, addresses, agents and places; else they are ignored
     */
    public Body read(byte[] bytes, int length, boolean trusted) {
        return Body.read(json, bytes, length, () -> draft(json, trusted));
    }

    /** Reads one member from where the cursor stands. */
    static Draft draft(JsonCursor json, boolean trusted) throws MalformedJson {
        Draft draft = new Draft();
        draft.beacon.trusted(trusted);
        if (!json.at('{')) {
            json.skip();
            draft.refuse(FieldError.malformed("not an object"));
            return draft;
        }
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Field field = json.name(Field.NAMES);
            if (field == null) {
                json.skip();
            } else if (field.privileged() && !trusted) {
                Values.withheld(json, draft, field.label());
            } else {
                field.read(json, draft);
            }
        }
        Texts.routeByFragment(draft);
        Rules.check(draft);
        return draft;
    }
}
