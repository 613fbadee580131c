package io.millrace.engine;

import java.util.List;

/**
 * How much room a storage takes. Immutable.
 *
 * @param bytes in all, 0 for one that does not tell
 * @param freeBytes of these, room that is free for what comes next
 * @param tables the greatest first; empty for a storage that has none, or so much that looking would take too long
 */
public record StorageUse(long bytes, long freeBytes, List<Table> tables) {
    public StorageUse {
        tables = List.copyOf(tables);
    }

    /** A table with its indexes. */
    public record Table(String name, long bytes) {}
}
