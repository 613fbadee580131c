package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Period;
import io.millrace.engine.Site;
import java.util.List;

/**
 * A period cut where roll-ups meet. Times are UTC milliseconds. Pure functions.
 *
 * @param edges what only rows can say: less than a quarter of an hour at either end
 * @param quarters whole quarters that belong to no whole day, as ranges {@code from <= quarter < to}
 * @param firstDay the first whole day of the site
 * @param lastDay the last whole day; before the first when there is none
 */
record Pieces(List<Period> edges, List<int[]> quarters, int firstDay, int lastDay) {

    /** @param days whether whole days may be taken together */
    static Pieces of(Period period, Site site, boolean days) {
        int from = Quarters.of(period.from() + Quarters.MILLIS - 1);
        int to = Quarters.of(period.to());
        if (from >= to) {
            return new Pieces(List.of(period), List.of(), 1, 0);
        }
        List<Period> edges =
                List.of(new Period(period.from(), Quarters.start(from)), new Period(Quarters.start(to), period.to()));
        int firstDay = site.dayOf(Quarters.start(from) - 1) + 1;
        int lastDay = site.dayOf(Quarters.start(to)) - 1;
        if (!days || firstDay > lastDay) {
            return new Pieces(edges, List.<int[]>of(new int[] {from, to}), 1, 0);
        }
        int daysFrom = Quarters.of(site.startOfDay(firstDay));
        int daysTo = Quarters.of(site.startOfDay(lastDay + 1));
        return new Pieces(edges, List.of(new int[] {from, daysFrom}, new int[] {daysTo, to}), firstDay, lastDay);
    }
}
