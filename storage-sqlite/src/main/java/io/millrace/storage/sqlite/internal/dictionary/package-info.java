/**
 * Texts, visitors and ids as the numbers and bytes that they are kept as.
 *
 * <p>Uses {@code connection} and {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.dictionary;
