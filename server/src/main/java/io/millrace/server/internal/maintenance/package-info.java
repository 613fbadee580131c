/**
 * The commands on the data as a whole: bring in, check, copy, restore, shrink, forget.
 *
 * <p>Uses {@code command}, {@code instance}, {@code data} and {@code config}.
 */
package io.millrace.server.internal.maintenance;
