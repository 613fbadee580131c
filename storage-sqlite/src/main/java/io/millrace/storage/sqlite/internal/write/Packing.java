package io.millrace.storage.sqlite.internal.write;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.pack.BlockMerge;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.Pace;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.pack.VisitBlock;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** How many changed visits one pack holds at most, and how many are read at once. */
    private static final int VISITS_AT_ONCE = 1 << 12;

    private static final int VISITS_A_READ = 1 << 8;

    /** So long a day's few changed visits are left to the rows. */
    private static final long IDLE_MILLIS = 3_600_000;

    private static final int PACKS_TO_MERGE = 8;
    private static final int GROWTH = 4;
    private static final double SHARE_OF_IDLE = 0.3;
    private static final int SHARE_PARTS = 5;

    /** A window, and how many hits in it are few or many: 1,000 and 10,000 a second. */
    private static final long LOOK_NANOS = 200_000_000;

    private static final int FEW = 200;
    private static final int MANY = 2_000;

    private static final int SMALL = 1_000;

    private final int visitsWorth;
    private final double share;
    private final Pace pace;
    private long lookedAt = System.nanoTime();
    private long hitsInWindow;
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

    /** A day that is being packed whole, and how far it is; 0: none. */
    private long wholeDay;

    private long packedTo = Long.MIN_VALUE;

    /**
     * @param visitsWorth how many changed visits of a day are worth a pack
     * @param share of a processor that it may take beside ingest
     */
    public Packing(
            PackedDays days, WriteConnection connection, ReadConnections readers, int visitsWorth, double share) {
        this.days = days;
        this.visitsWorth = visitsWorth;
        this.share = share;
        this.pace = new Pace(share);
        this.connection = connection;
        this.readers = readers;
    }

    /** Something to read and to put into columns. */
    private interface Job {
        Piece prepare() throws SQLException;
    }

    /** What is to be stored, within a transaction of the store thread. */
    private interface Piece {
        /** Stores it; what memory is to know once it has committed. */
        Runnable store(StatementCache sql) throws SQLException;
    }

    /** Begins one, or ends one that is ready. */
    void step() {
        look(0);
        if (running != null && running.isDone()) {
            end();
        }
        if (running == null) {
            if (removals != days.removals()) {
                removals = days.removals();
                giveUp();
            }
            Job job = next();
            if (job != null) {
                running = CompletableFuture.supplyAsync(() -> prepare(job), thread);
            }
        }
    }

    private Piece prepare(Job job) {
        pace.begin();
        try {
            return job.prepare();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** Reads for a moment only: while somebody reads, the log cannot begin anew. */
    private <T> T read(ReadConnections.Work<T> work) {
        T read = readers.readWithoutHurry("packing", () -> null, (sql, nothing) -> work.run(sql));
        pace.rest();
        return read;
    }

    /**
     * The same, where there may be something to do.
     *
     * @param hits how many it had
     */
    void afterBatch(int hits) {
        look(hits);
        if (running != null ? running.isDone() : days.touches() >= visitsWorth) {
            step();
        }
    }

    /** Takes what ingest leaves: a twentieth of a processor, much where hardly anything comes, little at the peak. */
    private void look(int hits) {
        long now = System.nanoTime();
        hitsInWindow += hits;
        long rate = hitsInWindow * LOOK_NANOS / Math.max(1, now - lookedAt);
        if (now - lookedAt > LOOK_NANOS) {
            pace.share(rate < FEW ? Math.max(share, SHARE_OF_IDLE) : rate < MANY ? share : share / SHARE_PARTS);
            lookedAt = now;
            hitsInWindow = 0;
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
        List<Long> visits = days.begin(key, VISITS_AT_ONCE);
        return () -> {
            List<Segment> parts = new ArrayList<>();
            for (List<Long> some : Lists.partition(visits, VISITS_A_READ)) {
                read(sql -> BlockReader.visits(sql, some)).forEach(block -> parts.add(block.frozen()));
            }
            Collection<PackTable.Written> written = write(key, parts);
            return storing -> {
                PackTable.supersede(storing, SiteDayKey.site(key), SiteDayKey.day(key), visits);
                insert(storing, written);
                toMerge.add(key);
                return () -> days.end(key, false);
            };
        };
    }

    /** One pack of what the segments hold, or none. */
    private Collection<PackTable.Written> write(long key, List<? extends Segment> segments) throws SQLException {
        VisitBlock block = BlockMerge.of(SiteDayKey.day(key), segments, pace);
        return block.visits() == 0 ? List.of() : List.of(PackTable.Written.of(SiteDayKey.site(key), block, pace));
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
            days.begin(key, Integer.MAX_VALUE);
        }
        int siteId = SiteDayKey.site(key);
        long from = packedTo;
        long dayEnd = PackedDays.startOf(SiteDayKey.day(key) + 1);
        return () -> {
            long to = read(sql -> BlockReader.endOfSlab(sql, siteId, from, dayEnd, BlockReader.VISITS_A_SLAB));
            List<Segment> parts = new ArrayList<>();
            for (long at = from; at < to; ) {
                long begin = at;
                long end = read(sql -> BlockReader.endOfSlab(sql, siteId, begin, to, VISITS_A_READ));
                read(sql -> BlockReader.started(sql, siteId, begin, end)).forEach(block -> parts.add(block.frozen()));
                at = end;
            }
            Collection<PackTable.Written> written = write(key, parts);
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
            sql.each(
                    "SELECT DISTINCT site_id, day FROM packs INDEXED BY packs_to_rewrite"
                            + " WHERE superseded IS NOT NULL LIMIT 100",
                    row -> toMerge.add(SiteDayKey.siteDay(row.getInt(1), row.getInt(2))));
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
                return () -> {
                    List<PackSegment> segments = new ArrayList<>();
                    for (Pack pack : merged) {
                        segments.add(read(sql -> PackSegment.loaded(sql, pack)));
                    }
                    Collection<PackTable.Written> written = write(key, segments);
                    return storing -> {
                        boolean all = PackTable.delete(storing, merged) == merged.size();
                        insert(storing, all ? written : List.of()); // else the site is being removed
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
        pace.share(1);
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread, 10, TimeUnit.SECONDS);
    }
}
