package io.millrace.engine;

/**
 * How one admitted beacon ended. Immutable.
 *
 * @param counter the outcome's counter: {@link Counter#STORED}, {@link Counter#DUPLICATE}, a filter reason,
 *     {@link Counter#REJECTED_FIELD}, {@link Counter#UNSTORABLE} or {@link Counter#FAILED}
 */
public record Outcome(Counter counter) {
    public static final Outcome STORED = new Outcome(Counter.STORED);
    public static final Outcome DUPLICATE = new Outcome(Counter.DUPLICATE);
    /** Of a time of which the storage does not know any more what it has. */
    public static final Outcome TOO_OLD = new Outcome(Counter.REJECTED_FIELD);

    public static final Outcome UNSTORABLE = new Outcome(Counter.UNSTORABLE);
    public static final Outcome FAILED = new Outcome(Counter.FAILED);
}
