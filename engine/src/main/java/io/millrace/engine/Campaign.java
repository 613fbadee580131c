package io.millrace.engine;

/** The five {@code utm_*} fields of a visit; each is null when absent. Immutable. */
public record Campaign(String source, String medium, String name, String term, String content) {

    /** No campaign at all. */
    public static final Campaign NONE = new Campaign(null, null, null, null, null);
}
