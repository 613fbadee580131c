/**
 * What somebody without a log-in may take: how often, how long, how much of what is shared.
 *
 * <p>Uses {@code request}.
 */
package io.millrace.dashboard.internal.limit;
