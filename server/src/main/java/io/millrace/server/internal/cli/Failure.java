package io.millrace.server.internal.cli;

/** A command cannot do what it was asked; the message is one line for people. Ends with exit code 1. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
