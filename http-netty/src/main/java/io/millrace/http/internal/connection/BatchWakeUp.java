package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Carries settled receipts from the store thread to one event loop: one task for each batch, however many receipts. Its
 * list is the store thread's until {@link #run()} hands it over.
 */
final class BatchWakeUp implements Runnable {
    private final Executor loop;
    private final Runnable afterwards;

    @Fixed("beacons in flight, which the ring bounds")
    private List<Runnable> settled = new ArrayList<>();

    /** @param afterwards run on the loop behind the receipts of a batch */
    BatchWakeUp(Executor loop, Runnable afterwards) {
        this.loop = loop;
        this.afterwards = afterwards;
    }

    /**
     * A receipt has all its outcomes. Store thread.
     *
     * @param done what to run on the loop
     */
    void add(Runnable done) {
        settled.add(done);
    }

    /** End of batch. Store thread. */
    @Override
    public void run() {
        if (settled.isEmpty()) {
            return;
        }
        List<Runnable> batch = settled;
        settled = new ArrayList<>(batch.size());
        try {
            loop.execute(() -> deliver(batch));
        } catch (RejectedExecutionException e) {
            // The front-end is closed: nobody is left to be told.
        }
    }

    private void deliver(List<Runnable> batch) {
        for (Runnable done : batch) {
            done.run();
        }
        afterwards.run();
    }
}
