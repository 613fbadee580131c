/**
 * Tells people: reports and alerts, by mail and by posting to addresses.
 *
 * <p>Uses {@code config}.
 */
package io.millrace.server.internal.notify;
