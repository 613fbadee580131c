package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.rollup.Folding;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.OpenDays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, for closed days with more values than are kept apart, which ones are the largest: counted on a thread of its own, one
 * dimension of a day at a time, and stored by the store thread, whose {@link #step} it is.
 */
final class DayFolding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayFolding.class);

    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "millrace-fold");
        thread.setDaemon(true);
        return thread;
    });
    private OpenDays.CappedDay day;
    private CompletableFuture<Folding> counting;

    DayFolding(CommittedState state, WriteConnection connection, ReadConnections readers) {
        this.state = state;
        this.connection = connection;
        this.readers = readers;
    }

    /** Begins one, or ends one that was counted; whether there was anything to do. */
    boolean step() {
        if (counting == null) {
            return begin();
        }
        if (counting.isDone()) {
            end();
        }
        return true;
    }

    private boolean begin() {
        day = connection.read("capped days", sql -> state.days().toFold(sql));
        if (day != null) {
            OpenDays.CappedDay counted = day;
            counting = CompletableFuture.supplyAsync(() -> count(counted), thread);
        }
        return day != null;
    }

    private Folding count(OpenDays.CappedDay capped) {
        return readers.readWithoutHurry(
                "capped day",
                () -> state.offsets().get(),
                (sql, offsets) -> capped.count(sql, offsets, state.days().capacity()));
    }

    private void end() {
        boolean untouched = state.days().untouchedSince(day);
        try {
            Folding kept = counting.join();
            if (untouched) {
                connection.transact("capped day", sql -> {
                    state.days().fold(sql, day, kept);
                    state.generations().raise(sql, day.day().siteId());
                    return null;
                });
            }
        } catch (CompletionException | CancellationException | StorageException e) {
            LOG.warn("a day with many values is counted later: {}", e.getMessage());
        } finally {
            counting = null;
        }
    }

    /** Waits for what is being counted, which is forgotten. */
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
