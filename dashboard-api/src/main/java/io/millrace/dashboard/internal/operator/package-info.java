/**
 * What operators ask: health, metrics, and how much room the storage takes.
 *
 * <p>Uses {@code live}, {@code report}, {@code cache}, {@code limit} and {@code request}.
 */
package io.millrace.dashboard.internal.operator;
