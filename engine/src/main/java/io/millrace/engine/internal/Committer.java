package io.millrace.engine.internal;

import io.millrace.engine.Counter;
import io.millrace.engine.Health;
import io.millrace.engine.Outcome;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets batches committed, whatever it takes: retries what is busy, splits what is refused until the bad event stands
 * alone, gives up only when the storage is gone or closing has no time left. The store thread's; {@link #health} may be
 * read by anyone.
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long FIRST_WAIT_NANOS = 5_000_000;
    private static final long LONGEST_WAIT_NANOS = 500_000_000;

    /** How often an exception that says nothing of its kind is retried before it is taken for a refusal. */
    private static final int UNKNOWN_RETRIES = 3;

    /** So many in a row are a stall. */
    private static final int FAILED_PROBES = 3;

    private static final Runnable NOTHING = () -> {};

    private final State state;
    private final StorageWriter writer;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private volatile Health health = Health.RUNNING;
    private volatile Health shortage;
    private volatile boolean givingUp;

    private boolean givenUp;

    private int failed;
    private int failedProbes;

    Committer(State state, StorageWriter writer, DeadLetters deadLetters, InstantSource clock) {
        this.state = state;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    Health health() {
        Health shortOf = shortage;
        return shortOf != null && health.state() == Health.State.RUNNING ? shortOf : health;
    }

    /** Whether the storage has no room for more. */
    boolean shortOfRoom() {
        return shortage != null;
    }

    /** Asks the storage whether it has room for more; between batches. */
    void askForRoom() {
        String why = writer.shortage();
        if (why == null) {
            if (shortage != null) {
                LOG.info("the storage has room again");
            }
            shortage = null;
        } else if (shortage == null || !shortage.reason().equals(why)) {
            if (shortage == null) {
                LOG.warn("new beacons are not admitted: {}", why);
            }
            shortage = new Health(Health.State.STALLED, why);
        }
    }

    /** From now on, what cannot be written at once is given up. Called by the thread that closes. */
    void giveUp() {
        givingUp = true;
    }

    /** Whether something could not be written since: what waits behind it is not tried, each try may take seconds. */
    boolean hasGivenUp() {
        return givenUp;
    }

    /** Finds out whether the storage writes while nothing else does. Somebody else's short write is no stall. */
    void probe() {
        try {
            writer.probe();
            failedProbes = 0;
            health = health.state() == Health.State.STALLED ? running() : health;
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.FATAL) {
                die(e);
            } else if (++failedProbes >= FAILED_PROBES && health.state() != Health.State.DEAD) {
                stall(e);
            }
        }
    }

    /** How many events were given up. */
    int failed() {
        return failed;
    }

    /** Settles every slot, one way or the other. Never throws. */
    void store(List<Slot> slots) {
        StorageException.Kind refusal = tryUntilDecided(() -> {
            Gathering gathering = new Gathering(state, writer, slots, clock.millis());
            Batch batch = gathering.batch();
            if (!batch.isEmpty()) {
                writer.write(batch);
            }
            writer.takeNotes().forEach(note -> state.counters.add(note.counter(), note.siteId(), note.delta()));
            return gathering::commit;
        });
        if (refusal == StorageException.Kind.CONTENT) {
            split(slots);
        } else if (refusal != null) {
            slots.forEach(this::fail);
        }
    }

    /** Lets what did not count count again, as far as it can; how many do. What is refused stays as it is. */
    int restore(List<Slot> slots) {
        if (slots.isEmpty()) {
            return 0;
        }
        int[] stored = new int[1];
        StorageException.Kind refusal = tryUntilDecided(() -> {
            Gathering gathering = new Gathering(state, writer, slots, clock.millis());
            Batch batch = gathering.batch();
            if (!batch.isEmpty()) {
                writer.write(batch);
            }
            return () -> {
                gathering.commit();
                stored[0] = gathering.stored();
            };
        });
        if (refusal == StorageException.Kind.CONTENT && slots.size() > 1) {
            int half = slots.size() / 2;
            return restore(slots.subList(0, half)) + restore(slots.subList(half, slots.size()));
        }
        if (refusal != null && refusal != StorageException.Kind.CONTENT) {
            throw new StorageException(refusal, "not all came back: " + health.reason());
        }
        return stored[0];
    }

    /** Writes a batch that belongs to no slot, trying as hard as for any other; whether it was written. */
    boolean write(Batch batch) {
        StorageException.Kind refusal = tryUntilDecided(() -> {
            writer.write(batch);
            return NOTHING;
        });
        if (refusal != null) {
            LOG.error("counters and heartbeats not persisted: {}", refusal);
        }
        return refusal == null;
    }

    private void split(List<Slot> slots) {
        if (slots.size() == 1) {
            unstorable(slots.get(0));
        } else {
            store(slots.subList(0, slots.size() / 2));
            store(slots.subList(slots.size() / 2, slots.size()));
        }
    }

    /**
     * Null when committed; CONTENT when refused; RETRY or FATAL when given up.
     *
     * @param attempt writes something, and says what to do once it is committed
     */
    private StorageException.Kind tryUntilDecided(Supplier<Runnable> attempt) {
        long wait = FIRST_WAIT_NANOS;
        for (int unknown = 0; health.state() != Health.State.DEAD && !givenUp; ) {
            Runnable committed;
            try {
                committed = attempt.get();
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.CONTENT) {
                    LOG.warn("batch refused: {}", e.getMessage());
                    return e.kind();
                }
                if (e.kind() == StorageException.Kind.FATAL) {
                    die(e);
                    return e.kind();
                }
                if (givingUp) {
                    givenUp = true;
                    return e.kind();
                }
                stall(e);
                LockSupport.parkNanos(wait);
                wait = Math.min(wait * 2, LONGEST_WAIT_NANOS);
                continue;
            } catch (RuntimeException e) {
                if (++unknown >= UNKNOWN_RETRIES) {
                    LOG.error("batch refused", e);
                    return StorageException.Kind.CONTENT;
                }
                LOG.warn("batch failed, tried again: {}", e.toString());
                continue;
            }
            health = health.state() == Health.State.STALLED ? running() : health;
            committed.run();
            return null;
        }
        return givenUp ? StorageException.Kind.RETRY : StorageException.Kind.FATAL;
    }

    private static Health running() {
        LOG.info("storage writes again");
        return Health.RUNNING;
    }

    private void stall(StorageException e) {
        if (health.state() == Health.State.RUNNING) {
            LOG.warn("storage does not write, new beacons are not admitted: {}", e.getMessage());
        }
        health = new Health(Health.State.STALLED, e.getMessage());
    }

    void die(Throwable cause) {
        LOG.error("storage is gone, nothing is admitted any more", cause);
        health = new Health(Health.State.DEAD, String.valueOf(cause.getMessage()));
    }

    private void unstorable(Slot slot) {
        state.counters.add(Counter.UNSTORABLE, slot.siteId());
        setAside(slot, "refused by the storage for its content");
        slot.settle(Outcome.UNSTORABLE);
    }

    private void fail(Slot slot) {
        failed++;
        state.counters.add(Counter.FAILED, slot.siteId());
        setAside(slot, "not stored before the engine stopped");
        slot.settle(Outcome.FAILED);
    }

    private void setAside(Slot slot, String reason) {
        boolean kept = false;
        try {
            kept = slot.event != null && deadLetters.add(slot.event, reason);
        } catch (RuntimeException e) {
            LOG.error("dead letter dropped", e);
        }
        if (!kept) {
            state.counters.add(Counter.DEAD_LETTER_DROPPED, slot.siteId());
        }
    }
}
