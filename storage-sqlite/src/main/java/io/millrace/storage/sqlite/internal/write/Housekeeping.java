package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.schema.PlannerStatistics;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.OpenDays;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done between batches, a little at a time. The store thread's. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long IDLE_MILLIS = 600_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final OpenDays days;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final Checkpoints checkpoints;
    private final DayCounting counting;
    private final Packing packing;
    private final PackedDays packs;
    private long minuteAt;
    private boolean toCount = true;
    private int removed;

    public Housekeeping(
            CommittedState state,
            WriteConnection connection,
            ReadConnections readers,
            Checkpoints checkpoints,
            Packing packing) {
        this.packs = state.packs();
        this.packing = packing;
        this.days = state.days();
        this.counting = new DayCounting(state, connection, readers);
        this.connection = connection;
        this.readers = readers;
        this.checkpoints = checkpoints;
    }

    /** @param room whether there is room on the disk for what can be derived later as well */
    void run(long now, boolean quiet, boolean room) {
        days.now(now);
        packs.now(now);
        if (room) {
            packing.step();
        }
        DayRollup idle = room ? days.idleSince(now - IDLE_MILLIS) : null;
        if (now - minuteAt > MINUTE_MILLIS) {
            minuteAt = now;
            everyMinute(now);
        } else if (idle != null) {
            save(idle);
            toCount = true;
        } else if (removed != 0) {
            int siteId = removed;
            boolean more = connection.transact("removal of site " + siteId, sql -> SiteRemoval.step(sql, siteId));
            removed = more ? siteId : 0;
        } else if (toCount && room) {
            toCount = counting.step();
        } else if (quiet) {
            connection.use("checkpoint", sql -> checkpoints.whenQuiet(sql, now));
        }
    }

    /** Packs what is worth it; after each batch, which had so many hits. */
    void afterBatch(int hits) {
        packing.afterBatch(hits);
    }

    /** There may be days to count. */
    void lookForDays() {
        toCount = true;
    }

    private void save(DayRollup day) {
        connection.change("day " + day.day, sql -> days.save(sql, day));
    }

    @Override
    public void close() {
        counting.close();
        packing.close();
        saveAll();
    }

    /** Stores all days, so that nothing has to be counted anew when the database is opened next. */
    private void saveAll() {
        try {
            connection.probe(); // who stops does not wait for another program's lock again
            days.dirty().forEach(this::save);
            connection.change("changed visits", packs::save);
        } catch (StorageException e) {
            LOG.warn("roll-ups are counted anew at the next start: {}", e.getMessage());
        }
    }

    private void everyMinute(long now) {
        if (connection.read("statistics", sql -> PlannerStatistics.fix(sql.connection()))) {
            readers.renew();
        }
        removeFiltered(now);
        toCount = true;
        packing.lookForSuperseded();
        removed = connection.read("removed sites", SiteRemoval::unfinished);
    }

    private void removeFiltered(long now) {
        if (connection.read("filtered events", sql -> FilteredRows.anyOld(sql, now))) {
            connection.transact("filtered events", sql -> FilteredRows.removeOld(sql, now));
        }
    }
}
