package io.millrace.engine;

/** How far a file has been read: its identity and the byte offset after the last beacon taken. Immutable. */
public record Position(String source, long offset) {}
