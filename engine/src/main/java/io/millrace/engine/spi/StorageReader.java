package io.millrace.engine.spi;

import io.millrace.engine.Counter;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import java.util.Map;

/**
 * The read role of a storage. Thread-safe. Each call sees one committed state.
 *
 * <p>What each figure means stands in {@code docs/figures.md}; the in-memory storage of the engine is the executable
 * definition, and {@code StorageContract} compares any other storage with it.
 */
public interface StorageReader {

    /**
     * Answers a query.
     *
     * @throws StorageException of kind RETRY when it took too long or the storage is busy
     */
    Report query(Query query);

    /**
     * A number that every commit that touches the site raises, administration included, and that survives a restart:
     * equal numbers, equal answers.
     */
    long generation(int siteId);

    /** The counters of a site (0: of none) over a range of site-local days, both inclusive. */
    Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay);
}
