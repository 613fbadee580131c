package io.millrace.dashboard.internal.cache;

import io.millrace.dashboard.internal.request.ApiException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A few threads with a short queue: what may wait for a database does it here. Thread-safe. */
public final class WorkerPool implements AutoCloseable {
    private final ThreadPoolExecutor pool;

    public WorkerPool(String name, int threads, int queue) {
        AtomicInteger n = new AtomicInteger();
        pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), r -> {
            Thread t = new Thread(r, name + "-" + n.getAndIncrement());
            t.setDaemon(true);
            return t;
        });
    }

    /** Runs work soon; the future fails with 503 at once when too much is waiting. */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            pool.execute(() -> run(work, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(ApiException.busy());
        }
        return done;
    }

    private static <T> void run(Supplier<T> work, CompletableFuture<T> done) {
        try {
            done.complete(work.get());
        } catch (Throwable t) {
            done.completeExceptionally(t);
        }
    }

    public int waiting() {
        return pool.getQueue().size();
    }

    /** Whether somebody has nothing to do; by the time it is read that may have changed. */
    boolean idle() {
        return pool.getActiveCount() < pool.getMaximumPoolSize()
                && pool.getQueue().isEmpty();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
