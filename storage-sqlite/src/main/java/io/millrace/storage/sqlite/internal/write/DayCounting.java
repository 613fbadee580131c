package io.millrace.storage.sqlite.internal.write;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.rollup.CountedDay;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.UncountedDay;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts days from their visits: those of a site whose time zone has changed, and for closed days with more values than are kept
 * apart, which ones are the largest. Counted on a thread of its own, one day or dimension at a time, and stored by the store
 * thread, whose {@link #step} it is, if nothing has happened to the day meanwhile.
 */
final class DayCounting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayCounting.class);

    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new ThreadFactoryBuilder()
            .setNameFormat("millrace-count")
            .setDaemon(true)
            .build());
    private UncountedDay day;
    private CompletableFuture<CountedDay> counting;

    DayCounting(CommittedState state, WriteConnection connection, ReadConnections readers) {
        this.state = state;
        this.connection = connection;
        this.readers = readers;
    }

    /** Begins one, or ends one that was counted; whether there was anything to do. */
    boolean step() {
        if (counting == null) {
            return begin();
        }
        if (!counting.isDone()) {
            return true;
        }
        end();
        return begin();
    }

    private boolean begin() {
        day = connection.read("uncounted days", sql -> state.days().toCount(sql));
        if (day != null) {
            UncountedDay counted = day;
            counting = CompletableFuture.supplyAsync(() -> count(counted), thread);
        }
        return day != null;
    }

    private CountedDay count(UncountedDay capped) {
        return readers.readWithoutHurry(
                "uncounted day",
                () -> state.segments(capped.day().siteId(), capped.day().period()),
                (sql, segments) -> capped.count(
                        sql, segments.open(sql, ColumnCache.NONE), state.days().capacity()));
    }

    private void end() {
        boolean untouched = state.days().untouchedSince(day);
        try {
            CountedDay counted = counting.join();
            if (untouched) {
                connection.change("uncounted day", sql -> {
                    state.days().save(sql, day, counted);
                    state.generations().raise(sql, day.day().siteId());
                });
            }
        } catch (CompletionException | CancellationException | StorageException e) {
            LOG.warn("a day is counted later: {}", e.getMessage());
        } finally {
            counting = null;
        }
    }

    /** Waits for what is being counted, which is forgotten. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread, 10, TimeUnit.SECONDS);
    }
}
