/**
 * Takes payments and what is paid back of them.
 *
 * <p>Uses {@code access}, {@code limit}, {@code request}, {@code revenue} and {@code shape}.
 */
package io.millrace.dashboard.internal.payment;
