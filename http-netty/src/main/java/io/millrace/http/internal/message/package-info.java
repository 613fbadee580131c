/**
 * Requests, answers and routes: what the other rooms hand to each other.
 *
 * <p>Uses {@code client}.
 */
package io.millrace.http.internal.message;
