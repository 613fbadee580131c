package io.millrace.storage.sqlite.internal;

/** What is done between batches, a little at a time. The store thread's. */
final class Housekeeping {
    private static final long IDLE_MILLIS = 600_000;
    private static final long FILTERED_KEPT_MILLIS = 30L * 86_400_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final Database database;
    private final Primary primary;
    private final Readers readers;
    private final Checkpoints checkpoints;
    private long minuteAt;

    Housekeeping(Database database, Primary primary, Readers readers, Checkpoints checkpoints) {
        this.database = database;
        this.primary = primary;
        this.readers = readers;
        this.checkpoints = checkpoints;
    }

    void run(long now, boolean quiet) {
        database.now(now);
        DayBook idle = database.books().idleSince(now - IDLE_MILLIS);
        if (now - minuteAt > MINUTE_MILLIS) {
            minuteAt = now;
            everyMinute(now);
        } else if (idle != null) {
            primary.transact("day " + idle.day, sql -> {
                database.books().save(sql, idle);
                return null;
            });
        } else if (quiet) {
            primary.read("checkpoint", sql -> {
                checkpoints.whenQuiet(sql, now);
                return null;
            });
        }
    }

    private void everyMinute(long now) {
        if (primary.read("statistics", sql -> Statistics.fix(sql.connection()))) {
            readers.renew();
        }
        removeFiltered(now);
    }

    private void removeFiltered(long now) {
        long old = now - FILTERED_KEPT_MILLIS;
        boolean any = primary.read(
                "filtered events",
                sql -> sql.number(0, "SELECT 1 FROM filtered_events WHERE time < ? LIMIT 1", old) != 0);
        if (any) {
            primary.transact(
                    "filtered events",
                    sql -> sql.run(
                            "DELETE FROM filtered_events WHERE id IN"
                                    + " (SELECT id FROM filtered_events WHERE time < ? LIMIT 2000)",
                            old));
        }
    }
}
