package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.internal.cache.WorkerPool;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.StorageWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs what changes something: the engine may be full, so waiting for it happens on a thread of its own. Thread-safe. */
public final class StoreExecutor implements AutoCloseable {
    private static final int WAITING = 256;
    private final Engine engine;
    private final WorkerPool thread = new WorkerPool("millrace-admin", 1, WAITING);

    public StoreExecutor(Engine engine) {
        this.engine = engine;
    }

    /** Runs work on the store thread. */
    public <T> CompletableFuture<T> onStoreThread(Function<StorageWriter, T> work) {
        return submit(() -> engine.execute(work));
    }

    /** Hands a change to the engine. */
    public <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> change) {
        return thread.submit(change).thenCompose(done -> done);
    }

    /** Runs what takes long but changes nothing: a password's hash. */
    public <T> CompletableFuture<T> slowly(Supplier<T> work) {
        return thread.submit(work);
    }

    @Override
    public void close() {
        thread.close();
    }
}
