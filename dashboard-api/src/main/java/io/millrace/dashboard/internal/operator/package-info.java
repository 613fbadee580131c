/**
 * What operators ask: health, metrics, and how much room the storage takes.
 *
 * <p>Uses {@code access}, {@code answer}, {@code cache}, {@code limit}, {@code live}, {@code report}, {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.operator;
