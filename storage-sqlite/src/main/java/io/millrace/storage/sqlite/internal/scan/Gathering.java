package io.millrace.storage.sqlite.internal.scan;

/** What one worker gathers of a range of visitors, and where it notes places meanwhile. Not thread-safe. */
public abstract class Gathering {
    /** Who has it is to be kept from nothing else by long work. */
    public final Courtesy courtesy = new Courtesy();

    /** Places of visits in the segment at hand. */
    private int[] places = new int[1 << 12];

    /** Room for so many places of visits. */
    final int[] places(int most) {
        if (places.length < most) {
            places = new int[Math.max(most, places.length * 2)];
        }
        return places;
    }

    final int[] places() {
        return places;
    }

    /** How many visits are gathered. */
    public abstract int visits();

    /** How much of these visits is gathered: hits, or parts of visits. */
    protected abstract int parts();

    /** Makes room for the next range. */
    protected abstract void clear();
}
