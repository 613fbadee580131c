/**
 * What a report is asked for: a period and filters, read from parameters.
 *
 * <p>Uses {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.query;
