/**
 * Roll-ups: the figures of days, of quarters of an hour and of each value of a dimension, as a batch changes them, as rows,
 * and counted anew.
 *
 * <p>Uses {@code pack}, {@code sql}, {@code dictionary}, {@code connection} and {@code calendar}.
 */
package io.millrace.storage.sqlite.internal.rollup;
