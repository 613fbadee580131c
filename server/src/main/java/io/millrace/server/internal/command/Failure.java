package io.millrace.server.internal.command;

/** A command cannot do what it was asked; the message is one line for people. Ends with exit code 1. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }
}
