/**
 * Results for people and programs: text, JSON, and a page of charts that needs nothing but itself.
 *
 * <p>Uses {@code load} and {@code traffic}.
 */
package io.millrace.perf.report;
