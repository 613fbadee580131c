package io.millrace.replay.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Position;
import io.millrace.wire.Cleaned;
import java.util.List;
import java.util.function.Consumer;

/** Makes of one line what the engine takes. Never throws for what a line says. Used by one thread. */
public interface LineDecoder {

    /** What a line is. */
    sealed interface Line {}

    /** A beacon, before enrichment, and what of it was cut or left out. */
    record OfBeacon(Beacon beacon, List<Cleaned> cleaned) implements Line {}

    /** An event, after it. */
    record OfEvent(Event event) implements Line {}

    /** A record of an export, see {@link io.millrace.wire.ReplayLine.OfRecord}. */
    record OfRecord(String kind, Object value, Position position) implements Line {}

    /** Nothing that counts. */
    record Nothing() implements Line {}

    /**
     * Not to be taken.
     *
     * @param siteId the site to count it for, or 0
     * @param problem for people; never repeats what the line says
     */
    record Refused(Counter counter, int siteId, String problem) implements Line {}

    /** The only instance that is needed. */
    Line NOTHING = new Nothing();

    /**
     * @param line not kept; only the first {@code length} bytes are the line, without its end
     * @param position to commit with what the line holds; null: none
     * @param sink is given what the line holds, at least once
     */
    void decode(byte[] line, int length, Position position, Consumer<Line> sink);
}
