/**
 * The reports: questions of a site, answered as JSON or CSV.
 *
 * <p>Uses {@code query}, {@code cache} and {@code request}.
 */
package io.millrace.dashboard.internal.report;
