/**
 * The commands on the data as a whole: bring in, check, copy, restore, shrink, forget, and what is done at its time.
 *
 * <p>Uses {@code command}, {@code instance}, {@code jobs}, {@code data} and {@code config}.
 */
package io.millrace.server.internal.maintenance;
