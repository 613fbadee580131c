package io.millrace.storage.sqlite.internal.dictionary;

/**
 * A tuple of texts as numbers.
 *
 * @param id its own
 * @param parts those of its texts, in the order of its {@link TupleTable}
 */
public record Tuple(int id, int[] parts) {}
