package io.millrace.wire;

import java.util.List;

/**
 * A whole body as read.
 *
 * @param array whether it was an array; its members are answered for by index
 * @param members one for an object; for an array one for each member, well-formed or not
 * @param error why nothing of it can be taken (then there are no members), or null
 */
public record Body(boolean array, List<Draft> members, FieldError error) {

    static Body refused(FieldError error) {
        return new Body(false, List.of(), error);
    }
}
