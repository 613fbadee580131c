package io.millrace.wire;

import io.millrace.engine.Counter;
import java.util.Locale;

/**
 * What was done to a field that only decorates its event, so that the event could stay. Immutable.
 *
 * @param field the field's name
 */
public record Cleaned(String field, Reason reason) {

    /** What was done. */
    public enum Reason {
        /** Too long or too large: cut to its limit. */
        CUT(Counter.CUT),
        /** Not what the field is: left out. */
        UNREADABLE(Counter.UNREADABLE),
        /** More of them than are taken: the rest was left out. */
        TOO_MANY(Counter.TOO_MANY),
        /** Only a sender with a key may say it: left out. */
        NEEDS_KEY(Counter.NEEDS_KEY);

        private final Counter counter;

        Reason(Counter counter) {
            this.counter = counter;
        }

        /** Where it is counted. */
        public Counter counter() {
            return counter;
        }

        /** The name for people and programs, lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code field=reason}. */
    @Override
    public String toString() {
        return field + '=' + reason.label();
    }
}
