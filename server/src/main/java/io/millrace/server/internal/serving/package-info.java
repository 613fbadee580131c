/**
 * The commands that serve until they are stopped.
 *
 * <p>Uses {@code command}, {@code instance}, {@code demo}, {@code data} and {@code config}.
 */
package io.millrace.server.internal.serving;
