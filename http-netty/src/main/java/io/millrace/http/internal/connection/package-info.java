/**
 * Bytes to requests, and their answers back in the same order.
 *
 * <p>Uses {@code client} and {@code message}.
 */
package io.millrace.http.internal.connection;
