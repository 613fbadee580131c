package io.millrace.engine.internal;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Work for the store thread that is not an event. It begins in time or never; once it has begun it ends. Thread-safe. */
final class Command<T> {
    /** How long it may wait for the store thread. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Function<StorageWriter, T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final long since = System.nanoTime();

    Command(Function<StorageWriter, T> work) {
        this.work = work;
    }

    CompletableFuture<T> done() {
        return done;
    }

    /** Runs it, unless it was given up; on the store thread. */
    void run(StorageWriter writer) {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        try {
            done.complete(work.apply(writer));
        } catch (Throwable t) {
            done.completeExceptionally(t);
        }
    }

    /** Gives it up when it has waited too long; whether it is decided now. */
    boolean expired(String why) {
        if (System.nanoTime() - since > PATIENCE_NANOS && decided.compareAndSet(false, true)) {
            done.completeExceptionally(new StorageException(
                    StorageException.Kind.RETRY, "nothing was done: the storage did not come to it in 10 s" + why));
        }
        return decided.get();
    }
}
