package io.millrace.storage.sqlite.internal.pack;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/**
 * Visits of one site that started on one day of UTC, sorted by visitor, with all of their hits, which lie in the order of
 * their visits and of their time. For one question; thread-safe.
 */
public interface Segment {

    /** UTC milliseconds at which the day begins. */
    long dayStart();

    int visits();

    int hits();

    /** UTC milliseconds of the earliest start or hit. */
    long earliest();

    /** UTC milliseconds of the latest start or hit. */
    long latest();

    /** Whether some hit lies before the start of its visit. */
    boolean early();

    Packed column(PackColumn column) throws SQLException;

    /** The visits to be passed over, because a newer state of them is in another segment or nowhere; null: none. */
    BitSet gone() throws SQLException;

    /** The property sets that {@link PackColumn#PROPS} points to, from 1 on, as JSON. */
    List<String> props() throws SQLException;
}
