/**
 * Bodies of reports that are computed once and kept.
 *
 * <p>Uses {@code limit} and {@code request}.
 */
package io.millrace.dashboard.internal.cache;
