package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Quotas;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.StorageWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs what somebody who may has changed: the engine may be full, so waiting for it happens on a thread of its own.
 * Strangers have no way to it. Thread-safe.
 */
public final class StoreExecutor implements AutoCloseable {
    private static final int WAITING = 256;
    private final Engine engine;
    private final WorkerPool thread;

    public StoreExecutor(Engine engine, Quotas quotas) {
        this.engine = engine;
        thread = new WorkerPool("admin", 1, WAITING, quotas, engine.bounds());
    }

    /** Runs work on the store thread. */
    public <T> CompletableFuture<T> onStoreThread(Function<StorageWriter, T> work) {
        return submit(() -> engine.execute(work));
    }

    /** Hands a change to the engine. */
    public <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> change) {
        return thread.submit(Claim.USER, change).thenCompose(done -> done);
    }

    @Override
    public void close() {
        thread.close();
    }
}
