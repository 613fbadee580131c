/**
 * Questions answered by segments: what filters select is gathered, put in the order of its visitors, and counted by group.
 *
 * <p>Uses {@code numbers}, {@code pack}, {@code sql}, {@code connection} and {@code dictionary}.
 */
package io.millrace.storage.sqlite.internal.scan;
