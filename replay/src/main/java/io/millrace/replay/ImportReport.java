package io.millrace.replay;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/**
 * What a file has, and what became of it. Immutable.
 *
 * @param importId what it is known under; 0: nothing was stored
 * @param rows of the file
 * @param skipped rows that hold no page view and no event that counts
 * @param bad rows that cannot be read, the first of them named
 * @param days page views and events of the file, by days of the site
 * @param stored page views and events that are stored now, those of an earlier run of the same import among them
 * @param duplicate how many were stored by something else before
 * @param filtered how many the site does not count
 * @param differences days whose stored figures are not the file's, for people
 * @param complete whether all of the file was read
 */
public record ImportReport(
        int importId,
        long rows,
        long skipped,
        List<String> bad,
        SortedMap<LocalDate, Hits> days,
        Hits stored,
        long duplicate,
        long filtered,
        List<String> differences,
        boolean complete) {

    /** Page views and events. */
    public record Hits(long pageViews, long events) {
        /** None. */
        public static final Hits NONE = new Hits(0, 0);

        /** Both together. */
        public Hits plus(Hits other) {
            return new Hits(pageViews + other.pageViews, events + other.events);
        }

        @Override
        public String toString() {
            return pageViews + " page views, " + events + " events";
        }
    }

    /** All that the file has. */
    public Hits total() {
        return days.values().stream().reduce(Hits.NONE, Hits::plus);
    }
}
