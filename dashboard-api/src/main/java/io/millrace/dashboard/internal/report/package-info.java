/**
 * The reports: questions of a site, answered as JSON or CSV.
 *
 * <p>Uses {@code access}, {@code answer}, {@code query}, {@code cache}, {@code limit}, {@code path}, {@code revenue}, {@code shape} and {@code request}.
 */
package io.millrace.dashboard.internal.report;
