package io.millrace.engine.internal;

import io.millrace.engine.spi.StorageWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Work for the store thread that is not an event. */
record Command<T>(Function<StorageWriter, T> work, CompletableFuture<T> done) {

    void run(StorageWriter writer) {
        try {
            done.complete(work.apply(writer));
        } catch (Throwable t) {
            done.completeExceptionally(t);
        }
    }
}
