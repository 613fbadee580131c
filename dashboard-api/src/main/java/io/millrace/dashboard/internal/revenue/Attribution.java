package io.millrace.dashboard.internal.revenue;

import java.util.Arrays;

/** Which visits a payment is credited to, of those that its visitor made up to the one that it is linked to. */
public enum Attribution {
    /** The first one, all. */
    FIRST,
    /** The one that it is linked to, all. */
    LAST,
    /** Each an equal part; what cannot be divided goes to the one that it is linked to. */
    LINEAR;

    private static final int MOST_VISITS = 100;

    /** How many of a visitor's visits it takes at most, beside the linked one: the first, and the latest. */
    int visits() {
        return switch (this) {
            case FIRST -> 1;
            case LAST -> 0;
            case LINEAR -> MOST_VISITS;
        };
    }

    /** What each of some visits, the last of which a payment is linked to, is credited of something; it adds up to all. */
    long[] parts(long all, int visits) {
        long[] parts = new long[visits];
        switch (this) {
            case FIRST -> parts[0] = all;
            case LAST -> parts[visits - 1] = all;
            case LINEAR -> {
                Arrays.fill(parts, all / visits);
                parts[visits - 1] += all % visits;
            }
        }
        return parts;
    }
}
