/**
 * One request, checked as it is read, and its answer.
 *
 * <p>Uses {@code shape}.
 */
package io.millrace.dashboard.internal.request;
