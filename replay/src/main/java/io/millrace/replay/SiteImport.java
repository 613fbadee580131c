package io.millrace.replay;

import io.millrace.engine.Engine;
import io.millrace.replay.internal.Importing;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Brings in a file of another tracker, row by row. The whole file is read before anything is stored, so that one that is not what it should
 * be changes nothing. How far it was brought in is committed with the rows: one that was stopped in any way goes on there when it is run again,
 * and one that is over is not brought in twice. Used once, by one thread.
 */
public final class SiteImport {
    private final Importing importing;

    /** @throws IllegalArgumentException when there is no such site, or it cannot take visitors of others */
    public SiteImport(Engine engine, ImportSettings settings, ForeignTables tables) {
        this.importing = new Importing(engine, settings, tables);
    }

    /**
     * Reads the file and says what it has, and with {@code store} brings it in.
     *
     * @param stopped asked after each row
     * @param progress from 0 to 1
     * @throws ImportRefused when the file is not what it should be; nothing of it is stored then
     * @throws IOException when it cannot be read
     */
    public ImportReport run(boolean store, BooleanSupplier stopped, DoubleConsumer progress) throws IOException {
        return importing.run(store, stopped, progress);
    }
}
