package io.millrace.engine.internal;

import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Visit;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.engine.spi.StorageWriter.Withdrawn;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes stored hits out of what counts, and lets what does not count count again: step by step on the store thread, so that
 * beacons get in between. Thread-safe.
 */
final class Withdrawals {
    /** More in one transaction would keep beacons waiting. */
    private static final int RESTORED_AT_ONCE = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    /** Runs work on the store thread, as {@link io.millrace.engine.Engine#execute} does. */
    interface StoreThread {
        <T> CompletableFuture<T> execute(Function<StorageWriter, T> work);
    }

    private final StoreThread thread;
    private final State state;
    private final Committer committer;
    private final InstantSource clock;

    Withdrawals(StoreThread thread, State state, Committer committer, InstantSource clock) {
        this.thread = thread;
        this.state = state;
        this.committer = committer;
        this.clock = clock;
    }

    /** Goes on with what was begun before the engine was started. */
    void resume(List<Long> begun) {
        begun.forEach(id -> next(id, 0, new CompletableFuture<>()));
    }

    CompletableFuture<Long> withdraw(Withdrawal withdrawal) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        thread.execute(writer -> writer.withdraw(withdrawal)).whenCompleteAsync((id, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                next(id, 0, done);
            }
        });
        return done;
    }

    /** On the store thread: withdraws what visitors did who were found out. */
    void withdrawFound(StorageWriter writer) {
        for (Withdrawal withdrawal : List.copyOf(state.found)) {
            try {
                long id = writer.withdraw(withdrawal);
                CompletableFuture.runAsync(() -> next(id, 0, new CompletableFuture<>()));
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.RETRY) {
                    return;
                }
                LOG.debug("what was counted of a visitor who was found out stays", e);
            }
            state.found.remove(withdrawal);
        }
    }

    /** Never on the store thread, which may not wait for itself. */
    private void next(long id, long before, CompletableFuture<Long> done) {
        thread.execute(writer -> forgetting(writer.withdrawSome(id, clock.millis())))
                .whenCompleteAsync((step, failure) -> {
                    if (failure instanceof StorageException e && e.kind() == StorageException.Kind.RETRY) {
                        LATER.execute(() -> next(id, before, done));
                    } else if (failure != null) {
                        done.completeExceptionally(failure);
                    } else if (step.more()) {
                        next(id, before + step.hits(), done);
                    } else {
                        done.complete(before + step.hits());
                    }
                });
    }

    /** What memory knows of these visits is not so any more. */
    private Withdrawn forgetting(Withdrawn step) {
        for (Visit.Key key : step.visits()) {
            state.visits.forget(key, clock.millis());
            state.live.removeVisitor(key.siteId(), key.visitor());
        }
        return step;
    }

    CompletableFuture<Integer> restore(int siteId, Counter reason, Predicate<Event> which) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        if (reason == Counter.FILTERED_BEHAVIOUR) {
            thread.execute(writer -> {
                state.watch.forget(siteId);
                return null;
            });
        }
        returned(siteId, reason, which, new Restored(Long.MAX_VALUE, 0, true), done);
        return done;
    }

    /** How far a restoration has come: the last id that was looked at, how many count again, whether there may be more. */
    private record Restored(long reached, int count, boolean more) {}

    /** What was stored comes first: the rest may belong to its visits. */
    private void returned(
            int siteId, Counter reason, Predicate<Event> which, Restored before, CompletableFuture<Integer> done) {
        steps(
                at -> {
                    CompletableFuture<Withdrawn> step =
                            thread.execute(writer -> forgetting(writer.returnSome(siteId, reason, which, at.reached)));
                    return step.thenApply(s -> new Restored(s.reached(), at.count + (int) s.hits(), s.more()));
                },
                before,
                done,
                at -> restored(siteId, reason, which, new Restored(0, at.count, true), done));
    }

    private void restored(
            int siteId, Counter reason, Predicate<Event> which, Restored before, CompletableFuture<Integer> done) {
        steps(
                at -> thread.execute(writer -> restore(writer, siteId, reason, which, at)),
                before,
                done,
                at -> done.complete(at.count));
    }

    private static void steps(
            Function<Restored, CompletableFuture<Restored>> step,
            Restored before,
            CompletableFuture<?> done,
            Consumer<Restored> then) {
        step.apply(before).whenCompleteAsync((after, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (after.more) {
                steps(step, after, done, then);
            } else {
                then.accept(after);
            }
        });
    }

    private Restored restore(
            StorageWriter writer, int siteId, Counter reason, Predicate<Event> which, Restored before) {
        StorageWriter.Kept kept = writer.filtered(siteId, reason, before.reached, RESTORED_AT_ONCE);
        List<FilteredEvent> wanted =
                kept.events().stream().filter(k -> which.test(k.event())).toList();
        List<Slot> slots =
                wanted.stream().map(k -> Slot.restored(k, state.hasher)).toList();
        return new Restored(kept.reached(), before.count + committer.restore(slots), kept.more());
    }
}
