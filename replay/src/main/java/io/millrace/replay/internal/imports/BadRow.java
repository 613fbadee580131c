package io.millrace.replay.internal.imports;

/** A row that cannot be taken; the message says why and repeats nothing of it. */
@SuppressWarnings("serial") // never leaves this package
final class BadRow extends RuntimeException {
    BadRow(String reason) {
        super(reason, null, false, false);
    }
}
