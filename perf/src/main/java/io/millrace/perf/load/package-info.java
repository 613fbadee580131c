/**
 * The load generator: one thread, one selector, prebuilt requests.
 *
 * <pre>
 *   Lane (Work + its connections) --request--&gt; Client --bytes--&gt; server
 *     ^                                          |
 *     +----------- answered / broken ------------+     Work: ClosedLoad, OpenLoad, Poller, the audit's
 * </pre>
 *
 * A {@link io.millrace.perf.load.Work} says what to send when a connection is free and is told how it ended; the
 * {@link io.millrace.perf.load.Client} knows HTTP and nothing of what is measured. Not thread-safe: everything of a run
 * lives on the thread that calls {@link io.millrace.perf.load.Client#run}.
 *
 * <p>Uses {@code net} and {@code traffic}.
 */
package io.millrace.perf.load;
