package io.millrace.storage.sqlite.internal;

/** Two numbers as one, for maps and sorting. */
final class SiteDayKey {
    private SiteDayKey() {}

    static long siteDay(int siteId, int day) {
        return (long) siteId << 32 | day & 0xffff_ffffL;
    }

    static int site(long siteDay) {
        return (int) (siteDay >> 32);
    }

    static int day(long siteDay) {
        return (int) siteDay;
    }
}
