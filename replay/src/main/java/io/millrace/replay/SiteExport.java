package io.millrace.replay;

import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.replay.internal.records.Departures;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Writes everything of a site into a directory: files of some ten thousand visits, and at last {@code manifest.json} with their counts
 * and SHA-256 hashes. It reads in short steps beside what comes in. One that was stopped in any way goes on behind the last whole
 * file when it is run again with the same settings. Used once, by one thread.
 */
public final class SiteExport {
    /** The file that says that all others are there. */
    public static final String MANIFEST = "manifest.json";

    private final Departures departures;

    public SiteExport(Engine engine, Site site, ExportSettings settings) {
        this.departures = new Departures(engine, site, settings, InstantSource.system());
    }

    /**
     * Writes the files.
     *
     * @param stopped asked now and then; then it ends before the manifest is written
     * @param progress told how many visits are written
     * @return how many there are of each kind of thing; null: it was stopped
     * @throws IOException when a file cannot be written, or the directory holds another export
     */
    public Map<String, Long> run(BooleanSupplier stopped, LongConsumer progress) throws IOException {
        return departures.run(stopped, progress);
    }

    /**
     * Until when an export is complete, UTC milliseconds: what the next one starts {@code since}.
     *
     * @param manifest the file
     * @throws IOException when it cannot be read, or is none
     */
    public static long until(java.nio.file.Path manifest) throws IOException {
        return Departures.until(manifest);
    }
}
