package io.millrace.storage.sqlite.internal.calendar;

import io.millrace.engine.Period;
import io.millrace.engine.Site;

/** Days of sites as times and quarters. Pure functions. */
public final class SiteDays {

    /**
     * A day of a site, {@code from <= t < to} in UTC milliseconds.
     *
     * @param day days since 1970-01-01 in the site's zone
     */
    public record Day(int siteId, int day, long from, long to) {
        public int firstQuarter() {
            return Quarters.of(from);
        }

        public int lastQuarter() {
            return Quarters.of(to - 1);
        }

        public Period period() {
            return new Period(from, to);
        }

        public long key() {
            return SiteDayKey.siteDay(siteId, day);
        }
    }

    private SiteDays() {}

    public static Day of(Site site, int day) {
        return new Day(site.id(), day, site.startOfDay(day), site.startOfDay(day + 1));
    }
}
