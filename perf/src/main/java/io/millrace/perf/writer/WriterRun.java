package io.millrace.perf.writer;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Path;

/** Writes believable page views with the storage's own writer: ids, roll-ups, visitor sets and ledger as always. */
public final class WriterRun {
    /** 2026-10-20, 00:00 UTC. */
    public static final long START = 1_792_454_400_000L;

    private static final int DAYS = 30;

    /** Page views of a month in which about 2,000 visits are under way at any time. */
    private static final long CROWDED_MONTH = 157_000_000;

    private WriterRun() {}

    /**
     * Writes into a new database.
     *
     * @param warmUp page views before those that are timed
     * @param events page views that are timed
     */
    public static Speed fresh(Path file, SqliteSettings.Sync sync, int warmUp, int events, int batch) throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(
                file, SqliteSettings.DEFAULT.with().sync(sync).build())) {
            Site site = storage.writer().saveSite(Site.of("example.com"));
            BatchSource source = new BatchSource(site, 1, 1_000_000, DAYS, START, 0);
            write(storage, source, warmUp, 1_000);
            return write(storage, source, events, batch);
        }
    }

    /** The same with two thousand visits under way at once, as on a busy site: each page view belongs to another one. */
    public static Speed crowded(Path file, int warmUp, int events, int batch) throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            Site site = storage.writer().saveSite(Site.of("example.com"));
            BatchSource source = new BatchSource(site, 1, CROWDED_MONTH, DAYS, START, 0);
            write(storage, source, warmUp, 500);
            return write(storage, source, events, batch);
        }
    }

    /** Fills an open database, which has one site, and times it. */
    public static Speed write(SqliteStorage storage, BatchSource source, long events, int batch) throws Exception {
        Speed.Clock clock = new Speed.Clock();
        for (long done = 0; done < events; done += batch) {
            Batch next = source.next((int) Math.min(batch, events - done));
            clock.time(() -> storage.writer().write(next));
        }
        return clock.speed(events);
    }
}
