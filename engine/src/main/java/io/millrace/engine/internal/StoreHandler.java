package io.millrace.engine.internal;

import com.lmax.disruptor.EventHandler;
import io.millrace.engine.Counter;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second handler of the ring: gathers slots, commits them at the end of a batch, settles, clears. It catches
 * everything, because a handler that throws would skip the end of its batch.
 */
final class StoreHandler implements EventHandler<Slot> {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);
    private static final long TICK_MILLIS = 1_000;
    private static final long LIVE_SWEEP_MILLIS = 5_000;
    private static final long SWEEP_SLACK_MILLIS = 300_000;

    /** More in one transaction would keep beacons waiting. */
    private static final int HEARTBEATS_AT_ONCE = 1_024;

    private final State state;
    private final Committer committer;
    private final StorageWriter writer;
    private final InstantSource clock;
    private final RingCollector collector;
    private final Withdrawals withdrawals;
    private final CountDownLatch started;

    @Bounded("ring")
    private final List<Slot> pending = new ArrayList<>();

    @Fixed("one for each event loop, and emptied with each batch")
    private final Set<Runnable> afterBatch = Collections.newSetFromMap(new IdentityHashMap<>());

    @Fixed("one for each site")
    private final Map<Integer, long[]> persisted = new HashMap<>();

    private long nextTick;
    private long nextLiveSweep;
    private long reached;

    /** @param collector told what of the ring is free again */
    StoreHandler(
            State state,
            Committer committer,
            StorageWriter writer,
            InstantSource clock,
            RingCollector collector,
            Withdrawals withdrawals,
            CountDownLatch started) {
        this.state = state;
        this.committer = committer;
        this.writer = writer;
        this.clock = clock;
        this.collector = collector;
        this.withdrawals = withdrawals;
        this.started = started;
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
        if (slot.occupied()) {
            pending.add(slot);
            reached = slot.receivedAt;
        }
        if (endOfBatch || slot.command != null) {
            settle();
        }
        if (slot.command != null) {
            slot.command.run(writer, committer.hasGivenUp());
            slot.clear();
        }
        if (endOfBatch) {
            committer.askForRoom();
            tick();
        }
    }

    private void settle() {
        if (pending.isEmpty()) {
            return;
        }
        try {
            committer.store(pending);
            pending.forEach(this::wake);
            afterBatch.forEach(StoreHandler::run);
            if (!state.found.isEmpty()) {
                withdrawals.withdrawFound(writer);
            }
            while (state.visits.crowded() && persistHeard(Long.MAX_VALUE) > 0) {
                LOG.debug("heartbeats persisted early");
            }
        } catch (Throwable t) {
            committer.die(t);
        } finally {
            afterBatch.clear();
            release();
        }
    }

    private void release() {
        long waited = clock.millis() - pending.get(0).receivedAt;
        long weight = 0;
        int members = 0;
        for (Slot slot : pending) {
            weight += slot.weight;
            members += slot.asker == LookUps.Asker.ARRAY ? 1 : 0;
            slot.clear();
        }
        pending.clear();
        collector.released(weight, members, waited);
    }

    private void wake(Slot slot) {
        Runnable run = slot.receipt.afterBatch();
        if (run != null) {
            afterBatch.add(run);
        }
    }

    private static void run(Runnable after) {
        try {
            after.run();
        } catch (RuntimeException e) {
            LOG.error("front-end not woken", e);
        }
    }

    private void tick() {
        long now = clock.millis();
        if (now < nextTick && nextTick - now <= TICK_MILLIS) { // further ahead: the time was set back
            return;
        }
        nextTick = now + TICK_MILLIS;
        if (committer.hasGivenUp()) {
            return;
        }
        try {
            if (collector.quiet()) {
                committer.probe();
            }
            persistCounters();
            persistHeard(now - VisitRules.HEARTBEAT_WRITE_MILLIS);
            // What waits came earlier than now, after a stall of the storage much earlier.
            long settled = collector.quiet() ? now : Math.min(now, reached);
            state.visits.sweep(settled - state.rules.timeout() - SWEEP_SLACK_MILLIS);
            if (now >= nextLiveSweep || nextLiveSweep - now > LIVE_SWEEP_MILLIS) {
                nextLiveSweep = now + LIVE_SWEEP_MILLIS;
                state.live.sweep(now);
                state.recent.sweep(now);
            }
            writer.housekeeping(now, collector.quiet());
        } catch (RuntimeException e) {
            LOG.warn("housekeeping failed: {}", e.toString());
        }
    }

    /** Persists what no batch has persisted: counters of the front-ends, and heartbeats. */
    void persist() {
        persistCounters();
        while (persistHeard(Long.MAX_VALUE) > 0) {
            LOG.debug("heartbeats persisted");
        }
    }

    private void persistCounters() {
        LedgerTally tally = new LedgerTally();
        Map<Integer, long[]> now = new HashMap<>();
        for (int siteId : state.counters.siteIds()) {
            long[] before = persisted.getOrDefault(siteId, new long[Counter.values().length]);
            long[] after = before.clone();
            for (Counter c : Counter.values()) {
                if (!LedgerTally.withBatch(c)) {
                    after[c.ordinal()] = state.counters.get(c, siteId);
                    tally.add(siteId, c, after[c.ordinal()] - before[c.ordinal()]);
                }
            }
            now.put(siteId, after);
        }
        Batch batch = batch(List.of(), tally.entries(state.sites, clock.millis()));
        if (!batch.isEmpty() && committer.write(batch)) {
            persisted.putAll(now);
        }
    }

    /** Persists some of the heartbeats that came before this instant, the eldest; how many. */
    private int persistHeard(long arrivedBefore) {
        List<Batch.VisitChange> heard = new ArrayList<>();
        for (VisitTable.Beat beat : state.visits.unwrittenBefore(arrivedBefore, HEARTBEATS_AT_ONCE)) {
            heard.add(new Batch.VisitChange(beat.visit(), state.rules.heard(beat.visit(), beat.heardAt())));
        }
        heard.sort(Comparator.comparingLong(change -> change.after().id()));
        if (heard.isEmpty() || !committer.write(batch(heard, List.of()))) {
            return 0;
        }
        state.visits.written(heard.stream().map(Batch.VisitChange::after).toList());
        return heard.size();
    }

    private static Batch batch(List<Batch.VisitChange> visits, List<Batch.LedgerEntry> ledger) {
        return new Batch(visits, List.of(), List.of(), List.of(), List.of(), List.of(), ledger, List.of());
    }
}
