package io.millrace.dashboard.internal.request;

import io.millrace.engine.spi.StorageException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a client is told when something goes wrong that is not its fault. */
public final class ErrorMapper {
    private ErrorMapper() {}

    public static ApiException map(Throwable thrown) {
        Throwable t = thrown;
        while ((t instanceof CompletionException || t instanceof ExecutionException) && t.getCause() != null) {
            t = t.getCause();
        }
        if (t instanceof ApiException error) {
            return error;
        }
        if (t instanceof StorageException e && e.kind() == StorageException.Kind.RETRY) {
            return ApiException.stalled();
        }
        if (t instanceof StorageException e && e.kind() == StorageException.Kind.NOT_READY) {
            return ApiException.notReady(e.getMessage());
        }
        if (t instanceof StorageException e && e.kind() == StorageException.Kind.CONTENT) {
            return ApiException.conflict(e.getCause() == null ? e.getMessage() : "refused by the storage", null);
        }
        return new ApiException(500, "internal", "something went wrong; the server's log says what");
    }
}
