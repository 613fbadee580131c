/**
 * What is done to a database beside writing and reading: check, repair, copy, shrink, forget.
 *
 * <p>Uses {@code state}, {@code pack}, {@code rollup}, {@code schema}, {@code dictionary}, {@code connection} and {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.maintenance;
