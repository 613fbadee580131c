/**
 * What a report is asked for: a period and filters, read from parameters.
 *
 * <p>Uses {@code request}.
 */
package io.millrace.dashboard.internal.query;
