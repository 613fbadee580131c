/**
 * What all reports are made of: the questions of one site and period, quotients, and how an answer is written.
 *
 * <p>Uses {@code cache}, {@code query}, {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.answer;
