package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Dimension;
import java.util.List;

/** The dimensions that have roll-ups, in the order of their numbers in the table dimensions, which begin with 1. */
final class Rolled {
    private static final List<Dimension> DIMENSIONS = List.of(
            Dimension.SOURCE,
            Dimension.CHANNEL,
            Dimension.COUNTRY,
            Dimension.REGION,
            Dimension.CITY,
            Dimension.ENTRY_PAGE,
            Dimension.EXIT_PAGE,
            Dimension.BROWSER,
            Dimension.OS,
            Dimension.DEVICE,
            Dimension.PAGE);

    /** How many there are. */
    static final int COUNT = DIMENSIONS.size();

    static final int ENTRY = DIMENSIONS.indexOf(Dimension.ENTRY_PAGE);
    static final int EXIT = DIMENSIONS.indexOf(Dimension.EXIT_PAGE);

    /** The one that hits have, each its own; all before it are attributes of the visit. */
    static final int PAGE = DIMENSIONS.indexOf(Dimension.PAGE);

    private Rolled() {}

    /** Whether a visit may move from one value to another: then each value counts its visits of each visitor. */
    static boolean moves(int rolled) {
        return rolled == ENTRY || rolled == EXIT;
    }

    /** The place of a dimension among them, or -1. */
    static int indexOf(Dimension dimension) {
        return DIMENSIONS.indexOf(dimension);
    }

    static Dimension dimension(int rolled) {
        return DIMENSIONS.get(rolled);
    }

    /** The number in the table dimensions. */
    static int number(int rolled) {
        return rolled + 1;
    }
}
