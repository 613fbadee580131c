package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.pack.BlockMerge;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.pack.VisitBlock;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps packs up with the rows. What they are to hold is read and put into columns on a thread of its own, one piece at a time,
 * and stored by the store thread, whose {@link #step} it is: changed visits as another pack, days that have none in several,
 * small packs together as a larger one.
 */
public final class Packing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);
    private static final int VISITS_MOST = 1 << 15;

    /** So long a day's few changed visits are left to the rows. */
    private static final long IDLE_MILLIS = 3_600_000;

    private static final int PACKS_TO_MERGE = 4;
    private static final int GROWTH = 4;
    private static final double SHARE_BESIDE = 0.3;
    private static final long LOOK_NANOS = 200_000_000;

    private static final int SMALL = 1_000;

    private final int visitsWorth;
    private final double shareBusy;
    private double share;
    private long lookedAt = System.nanoTime();
    private long written;
    private final PackedDays days;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "millrace-pack");
        thread.setDaemon(true);
        return thread;
    });

    @Fixed("days that are packed, until they have been looked at")
    private final Set<Long> toMerge = new TreeSet<>();

    private CompletableFuture<Piece> running;
    private long removals;
    private long beganAt;
    private long restUntil = System.nanoTime();

    /** A day that is being packed whole, and how far it is; 0: none. */
    private long wholeDay;

    private long packedTo = Long.MIN_VALUE;

    /**
     * @param visitsWorth how many changed visits of a day are worth a pack
     * @param share of a processor that it may take while the store thread has no time to spare
     */
    public Packing(
            PackedDays days, WriteConnection connection, ReadConnections readers, int visitsWorth, double share) {
        this.days = days;
        this.visitsWorth = visitsWorth;
        this.shareBusy = share;
        this.share = share;
        this.connection = connection;
        this.readers = readers;
    }

    /** Something to read and to put into columns. */
    private interface Job {
        Piece read(StatementCache sql) throws SQLException;
    }

    /** What is to be stored, within a transaction of the store thread. */
    private interface Piece {
        /** Stores it; what memory is to know once it has committed. */
        Runnable store(StatementCache sql) throws SQLException;
    }

    /**
     * Begins one, or ends one that is ready.
     */
    void step() {
        look(System.nanoTime(), 0);
        if (running != null && running.isDone()) {
            end();
        }
        if (running == null && System.nanoTime() - restUntil >= 0) {
            if (removals != days.removals()) {
                removals = days.removals();
                giveUp();
            }
            Job job = next();
            if (job != null) {
                beganAt = System.nanoTime();
                running = CompletableFuture.supplyAsync(
                        () -> readers.readWithoutHurry("packing", () -> null, (sql, nothing) -> job.read(sql)), thread);
            }
        }
    }

    /**
     * The same, where there may be something to do.
     *
     * @param nanos how long the batch has taken
     */
    void afterBatch(long nanos) {
        look(System.nanoTime(), nanos);
        if (running != null ? running.isDone() : days.touches() >= visitsWorth) {
            step();
        }
    }

    /** Takes what the store thread leaves: much where it has little to do. */
    private void look(long now, long writing) {
        written += writing;
        if (now - lookedAt > LOOK_NANOS) {
            share = written > (now - lookedAt) / 2 ? shareBusy : Math.max(shareBusy, SHARE_BESIDE);
            lookedAt = now;
            written = 0;
        }
    }

    private void end() {
        try {
            Piece piece = running.join();
            if (removals != days.removals()) {
                giveUp();
                return;
            }
            connection.transact("packs", piece::store).run();
        } catch (RuntimeException e) {
            LOG.warn("visits are packed later: {}", e.getMessage());
            giveUp();
        } finally {
            running = null;
            long now = System.nanoTime();
            restUntil = now + (long) ((now - beganAt) * (1 / share - 1));
        }
    }

    private void giveUp() {
        days.giveUp();
        wholeDay = 0;
    }

    private Job next() {
        Map<Long, Integer> open = days.open();
        for (Map.Entry<Long, Integer> day : open.entrySet()) {
            boolean idle = days.idleMillis(day.getKey()) >= IDLE_MILLIS;
            if (day.getValue() >= visitsWorth || day.getValue() > 0 && idle) {
                return changed(day.getKey());
            }
            if (day.getValue() == 0 && idle) {
                connection.change("packed day", sql -> days.close(sql, day.getKey()));
                toMerge.add(day.getKey());
            }
        }
        for (Map.Entry<Long, Integer> day : open.entrySet()) {
            if (day.getValue() < 0 && (wholeDay == 0 || wholeDay == day.getKey())) {
                return whole(day.getKey());
            }
        }
        return merge(open.keySet());
    }

    // ------------------------------------------------------------------ changed visits

    private Job changed(long key) {
        List<Long> visits = days.begin(key);
        return sql -> {
            Collection<PackTable.Written> written = write(key, BlockReader.visits(sql, visits));
            return storing -> {
                PackTable.supersede(storing, SiteDayKey.site(key), SiteDayKey.day(key), visits);
                insert(storing, written);
                toMerge.add(key);
                return () -> days.end(key, false);
            };
        };
    }

    private static Collection<PackTable.Written> write(long key, Collection<VisitBlock> blocks) {
        return blocks.stream()
                .map(block -> PackTable.Written.of(SiteDayKey.site(key), block))
                .toList();
    }

    private static void insert(StatementCache sql, Collection<PackTable.Written> packs) throws SQLException {
        for (PackTable.Written pack : packs) {
            PackTable.insert(sql, pack);
        }
    }

    // ------------------------------------------------------------------ whole days

    private Job whole(long key) {
        boolean first = wholeDay == 0;
        if (first) {
            wholeDay = key;
            packedTo = PackedDays.startOf(SiteDayKey.day(key));
            days.begin(key);
        }
        int siteId = SiteDayKey.site(key);
        long from = packedTo;
        long dayEnd = PackedDays.startOf(SiteDayKey.day(key) + 1);
        return sql -> {
            long to = BlockReader.endOfSlab(sql, siteId, from, dayEnd);
            Collection<PackTable.Written> written = write(key, BlockReader.started(sql, siteId, from, to));
            return storing -> {
                if (first) {
                    PackTable.delete(
                            storing, PackTable.list(storing, siteId, SiteDayKey.day(key), SiteDayKey.day(key)));
                }
                insert(storing, written);
                if (to < dayEnd) {
                    return () -> packedTo = to;
                }
                storing.run(
                        "UPDATE unpacked_days SET rows_only = 0 WHERE site_id = ? AND day = ?",
                        siteId,
                        SiteDayKey.day(key));
                return () -> {
                    days.end(key, true);
                    wholeDay = 0;
                    toMerge.add(key);
                };
            };
        };
    }

    // ------------------------------------------------------------------ small packs

    /** There may be packs to be written anew without what is superseded in them. */
    void lookForSuperseded() {
        connection.read("superseded visits", sql -> {
            try (ResultSet rows = sql.bind("SELECT DISTINCT site_id, day FROM packs INDEXED BY packs_to_rewrite"
                            + " WHERE superseded IS NOT NULL LIMIT 100")
                    .executeQuery()) {
                while (rows.next()) {
                    toMerge.add(SiteDayKey.siteDay(rows.getInt(1), rows.getInt(2)));
                }
            }
            return null;
        });
    }

    private Job merge(Set<Long> open) {
        for (long key : List.copyOf(toMerge)) {
            int siteId = SiteDayKey.site(key);
            int day = SiteDayKey.day(key);
            List<Pack> packs = connection.read("packs", sql -> PackTable.list(sql, siteId, day, day));
            List<Pack> merged = toMerge(packs, open.contains(key));
            if (!merged.isEmpty()) {
                return sql -> {
                    ColumnCache none = new ColumnCache(0);
                    List<PackSegment> segments = merged.stream()
                            .map(pack -> new PackSegment(sql, pack, none, null))
                            .toList();
                    VisitBlock block = BlockMerge.of(day, segments);
                    Collection<PackTable.Written> written =
                            block.visits() == 0 ? List.of() : write(key, List.of(block));
                    return storing -> {
                        PackTable.delete(storing, merged);
                        insert(storing, written);
                        return () -> {};
                    };
                };
            }
            toMerge.remove(key);
        }
        return null;
    }

    /** Several small ones of like size, or one with many visits that do not count; none: nothing is worth it. */
    private static List<Pack> toMerge(List<Pack> packs, boolean open) {
        for (Pack pack : packs) {
            if (pack.live() < pack.visits() / 2 || !open && pack.superseded() != null) {
                return List.of(pack);
            }
        }
        List<Pack> small = new ArrayList<>();
        int visits = 0;
        for (Pack pack :
                packs.stream().sorted(Comparator.comparingInt(Pack::visits)).toList()) {
            boolean like = small.isEmpty() || pack.visits() <= Math.max(visits * GROWTH, SMALL);
            if (like && visits + pack.visits() <= VISITS_MOST) {
                small.add(pack);
                visits += pack.visits();
            }
        }
        return small.size() >= (open ? PACKS_TO_MERGE : 2) ? small : List.of();
    }

    /** Waits for what is being packed, which is forgotten. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
