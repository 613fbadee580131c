/**
 * The read role: a query is answered, out of roll-ups or out of rows.
 *
 * <p>Uses {@code state}, {@code scan}, {@code history}, {@code numbers}, {@code pack}, {@code rollup}, {@code sql}, {@code mapper},
 * {@code schema}, {@code dictionary}, {@code connection} and {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.query;
