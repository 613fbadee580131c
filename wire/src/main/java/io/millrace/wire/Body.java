package io.millrace.wire;

import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole body as read.
 *
 * @param array whether it was an array; its members are answered for by index
 * @param members one for an object; for an array one for each member, well-formed or not
 * @param error why nothing of it can be taken (then there are no members), or null
 */
public record Body(boolean array, List<Draft> members, FieldError error) {

    /** Reads a member from where its cursor stands. */
    @FunctionalInterface
    interface Member {
        Draft read() throws MalformedJson;
    }

    /** Reads one member, or an array of them. */
    static Body read(JsonCursor json, byte[] bytes, int length, Member member) {
        try {
            json.open(bytes, length, Limits.MAX_DEPTH);
            Body body = json.at('[') ? array(json, member) : new Body(false, List.of(member.read()), null);
            if (body.error() == null) {
                json.end();
            }
            return body;
        } catch (MalformedJson e) {
            return refused(FieldError.malformed(e.getMessage()));
        }
    }

    private static Body array(JsonCursor json, Member member) throws MalformedJson {
        List<Draft> members = new ArrayList<>();
        for (boolean more = json.enter(']'); more; more = json.next(']')) {
            if (members.size() == Limits.MAX_MEMBERS) {
                return refused(new FieldError(
                        FieldError.TOO_LARGE, "array of more than " + Limits.MAX_MEMBERS + " members", null));
            }
            members.add(member.read());
        }
        return new Body(true, members, null);
    }

    static Body refused(FieldError error) {
        return new Body(false, List.of(), error);
    }
}
