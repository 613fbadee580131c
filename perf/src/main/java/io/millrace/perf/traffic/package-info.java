/**
 * Believable visitors: who they are, what they read, and how their trackers say so.
 *
 * <pre>
 *   Traffic --next--&gt; Hit --encode--&gt; Format --bytes--&gt; Requests --one HTTP request--&gt; the client
 * </pre>
 *
 * Nothing here allocates per event, because the generator shares its two cores with what it measures. Nothing is
 * thread-safe either: one thread draws and sends.
 *
 * <p>Uses no other room.
 */
package io.millrace.perf.traffic;
