package io.millrace.storage.sqlite.internal;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads tallies from rows. */
final class Tallies {
    /** The columns that {@link #read} reads. */
    static final String COLUMNS = "sessions, page_views, bounces, duration, events, engaged_ms";

    /** The same, added up. */
    static final String SUMS =
            "SUM(sessions), SUM(page_views), SUM(bounces), SUM(duration), SUM(events), SUM(engaged_ms)";

    private Tallies() {}

    /** @param from the first of the columns */
    static Tally read(ResultSet row, int from) throws SQLException {
        Tally tally = new Tally();
        tally.sessions = row.getLong(from);
        tally.pageViews = row.getLong(from + 1);
        tally.bounces = row.getLong(from + 2);
        tally.duration = row.getLong(from + 3);
        tally.events = row.getLong(from + 4);
        tally.engaged = row.getLong(from + 5);
        return tally;
    }
}
