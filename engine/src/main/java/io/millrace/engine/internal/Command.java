package io.millrace.engine.internal;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Work for the store thread that is not an event. It begins in time or never; once it has begun it ends. Thread-safe. */
final class Command<T> {
    /** How long it may take to be refused, its wait for the store thread and for another program's lock together. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Function<StorageWriter, T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final long since;
    private final boolean always;

    private Command(Function<StorageWriter, T> work, long since, boolean always) {
        this.work = work;
        this.since = since;
        this.always = always;
    }

    /** @param since when it was asked for, of {@link System#nanoTime} */
    Command(Function<StorageWriter, T> work, long since) {
        this(work, since, false);
    }

    /** Work that is done whatever happens, the last there is. */
    static <T> Command<T> last(Function<StorageWriter, T> work) {
        return new Command<>(work, System.nanoTime(), true);
    }

    CompletableFuture<T> done() {
        return done;
    }

    /**
     * Runs it, unless it was given up; on the store thread.
     *
     * @param hopeless whether nothing else is written any more
     */
    void run(StorageWriter writer, boolean hopeless) {
        if (!always && hopeless) {
            giveUp("the storage did not write before it was closed");
        }
        if (!always && expired("") || !decided.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!always && waited() > PATIENCE_NANOS / 2) {
                writer.probe(); // to wait for a lock may take the other half
            }
            done.complete(work.apply(writer));
        } catch (Throwable t) {
            done.completeExceptionally(t);
        }
    }

    /** Gives it up when it has waited too long; whether it is decided now. */
    boolean expired(String why) {
        if (waited() > PATIENCE_NANOS) {
            giveUp("the storage did not come to it in 10 s" + why);
        }
        return decided.get();
    }

    private long waited() {
        return System.nanoTime() - since;
    }

    private void giveUp(String why) {
        if (decided.compareAndSet(false, true)) {
            done.completeExceptionally(new StorageException(StorageException.Kind.RETRY, "nothing was done: " + why));
        }
    }
}
