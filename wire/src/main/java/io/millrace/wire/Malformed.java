package io.millrace.wire;

/** The bytes are not JSON as expected. Has no stack trace: it is an answer, not a failure of ours. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
