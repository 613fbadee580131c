/**
 * What is kept in memory of what was committed, and follows each commit.
 *
 * <p>Uses {@code rollup}, {@code pack}, {@code dictionary}, {@code connection} and {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.state;
