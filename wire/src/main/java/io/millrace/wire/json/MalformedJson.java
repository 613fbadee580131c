package io.millrace.wire.json;

/** The bytes are not JSON as expected. Has no stack trace: it is an answer, not a failure of ours. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message, null, false, false);
    }
}
