/**
 * The ring and its handlers, and what the store thread knows of open visits.
 *
 * <p>Uses {@code enrich}.
 */
package io.millrace.engine.internal;
