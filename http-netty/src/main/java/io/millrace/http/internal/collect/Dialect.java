package io.millrace.http.internal.collect;

import io.millrace.engine.Counter;
import io.millrace.engine.Outcome;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Response;
import io.millrace.wire.FieldError;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How the answers about one beacon look in a tracker's own way. Immutable.
 *
 * <p>Every answer is ours in status and headers; a dialect changes what its tracker must find to be content.
 */
final class Dialect implements Function<Outcome[], Response> {
    /** Ours. */
    static final Dialect COLLECT = new Dialect(UnaryOperator.identity());

    private final Response committed;
    private final Response accepted;

    @Fixed("one for each reason")
    private final Map<Counter, Response> filtered = new EnumMap<>(Counter.class);

    /** @param taken makes the tracker's answer out of ours, for what was taken */
    Dialect(UnaryOperator<Response> taken) {
        committed = taken.apply(Answers.COMMITTED);
        accepted = taken.apply(Answers.ACCEPTED);
        for (Counter counter : Counter.values()) {
            if (counter.group() == Counter.Group.FILTERED) {
                filtered.put(counter, taken.apply(Answers.COMMITTED.with("x-millrace-filtered", counter.reason())));
            }
        }
    }

    Response accepted() {
        return accepted;
    }

    /** The answer to one beacon that ended so. */
    @Override
    public Response apply(Outcome[] outcomes) {
        Counter counter = outcomes[0].counter();
        return switch (counter.group()) {
            case STORED, DUPLICATE -> committed;
            case FILTERED -> filtered.get(counter);
            case UNSTORABLE -> Answers.UNSTORABLE;
            case REJECTED -> outcomes[0].equals(Outcome.TOO_OLD) ? Answers.TOO_OLD : Answers.UNCONFIRMED;
            default -> Answers.UNCONFIRMED;
        };
    }

    Response refused(FieldError error) {
        return Answers.collectError(Answers.status(error), error);
    }
}
