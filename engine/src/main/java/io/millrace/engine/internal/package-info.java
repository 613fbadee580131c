/**
 * The ring and its handlers, and what the store thread knows of open visits.
 *
 * <p>Uses {@code enrich} and {@code behaviour}.
 */
package io.millrace.engine.internal;
