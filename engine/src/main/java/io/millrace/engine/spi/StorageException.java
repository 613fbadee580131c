package io.millrace.engine.spi;

/** A storage could not do what it was asked; its {@link Kind} says what the engine does about it. */
public class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it matters to the caller. */
    public enum Kind {
        /** Busy, disk full, I/O error: nothing was stored, and the same call may succeed later. */
        RETRY,
        /** A question needs what the storage is still preparing; the message says what, for people. It will be there in minutes. */
        NOT_READY,
        /** The storage refuses this content for good: nothing was stored, and part of the batch may succeed. */
        CONTENT,
        /** The storage is gone for good: corrupt, closed, taken away. */
        FATAL
    }

    private final Kind kind;

    /** An error with the one behind it. */
    public StorageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** An error. */
    public StorageException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** What it is an attribute of. */
    public Kind kind() {
        return kind;
    }
}
