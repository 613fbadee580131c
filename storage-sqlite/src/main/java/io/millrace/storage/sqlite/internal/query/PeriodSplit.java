package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import java.util.List;

/**
 * A period cut where roll-ups meet. Times are UTC milliseconds. Pure functions.
 *
 * @param edges what only rows can say: less than a quarter of an hour at either end
 * @param quarters whole quarters that belong to no whole day
 * @param days whole days of the site
 */
record PeriodSplit(List<Period> edges, List<Quarters.Range> quarters, DaySpan days) {

    /** @param days whether whole days may be taken together */
    static PeriodSplit of(Period period, Site site, boolean days) {
        int from = Quarters.of(period.from() + Quarters.MILLIS - 1);
        int to = Quarters.of(period.to());
        if (from >= to) {
            return new PeriodSplit(List.of(period), List.of(), DaySpan.NONE);
        }
        List<Period> edges =
                List.of(new Period(period.from(), Quarters.start(from)), new Period(Quarters.start(to), period.to()));
        DaySpan whole = new DaySpan(site.dayOf(Quarters.start(from) - 1) + 1, site.dayOf(Quarters.start(to)) - 1);
        if (!days || whole.isEmpty()) {
            return new PeriodSplit(edges, List.of(new Quarters.Range(from, to)), DaySpan.NONE);
        }
        int daysFrom = Quarters.of(site.startOfDay(whole.first()));
        int daysTo = Quarters.of(site.startOfDay(whole.last() + 1));
        return new PeriodSplit(
                edges, List.of(new Quarters.Range(from, daysFrom), new Quarters.Range(daysTo, to)), whole);
    }
}
