package io.millrace.storage.sqlite.internal.pack;

import org.roaringbitmap.RoaringBitmap;

/**
 * What the file says of a pack beside its columns. Immutable.
 *
 * @param day days since 1970-01-01 in UTC on which its visits started
 * @param firstId least number of its visits
 * @param earliest UTC milliseconds of the first start or hit
 * @param latest UTC milliseconds of the last start or hit
 * @param early whether some hit lies before the start of its visit
 * @param superseded visits that do not count here, less {@code firstId}; not to be changed; null: none
 */
public record Pack(
        long id,
        int siteId,
        int day,
        int visits,
        int hits,
        long firstId,
        long lastId,
        long earliest,
        long latest,
        boolean early,
        RoaringBitmap superseded) {

    /** Visits that count, at least. */
    public int live() {
        return visits - (superseded == null ? 0 : superseded.getCardinality());
    }
}
