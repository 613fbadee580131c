/**
 * The write role: a batch or a change becomes one transaction; what is left is done between two of them.
 *
 * <p>Uses {@code state}, {@code pack}, {@code rollup}, {@code mapper}, {@code schema}, {@code dictionary}, {@code connection} and
 * {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.write;
