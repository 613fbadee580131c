/**
 * Bodies that are computed once and kept, and the threads that compute them.
 *
 * <p>Uses {@code request}.
 */
package io.millrace.dashboard.internal.cache;
