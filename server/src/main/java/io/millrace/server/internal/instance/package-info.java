/**
 * A running engine over the data of one directory, and the server in front of it.
 *
 * <p>Uses {@code control}, {@code data}, {@code config}, {@code log}, {@code jobs} and {@code notify}.
 */
package io.millrace.server.internal.instance;
