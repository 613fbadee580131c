package io.millrace.storage.sqlite.internal.calendar;

/** Two numbers as one, for maps and sorting. */
public final class SiteDayKey {
    private SiteDayKey() {}

    public static long siteDay(int siteId, int day) {
        return (long) siteId << 32 | day & 0xffff_ffffL;
    }

    public static int site(long siteDay) {
        return (int) (siteDay >> 32);
    }

    public static int day(long siteDay) {
        return (int) siteDay;
    }
}
