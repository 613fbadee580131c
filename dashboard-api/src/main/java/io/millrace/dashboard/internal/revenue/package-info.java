/**
 * What payments come to: conversions, and what affiliates brought.
 *
 * <p>Uses {@code answer}, {@code query}, {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.revenue;
