/**
 * The audit: a server that is killed at random moments under load, and the proof that nothing was lost or doubled.
 *
 * <pre>
 *   Audit --start, kill--&gt; Millrace (a process)
 *     |                       ^
 *     +--AuditLoad--requests--+      every id sent, and whether it was acknowledged, is remembered
 *     |
 *     +--Proof--SQL--&gt; the database, after the last stop
 * </pre>
 *
 * <p>Uses {@code load}, {@code process} and {@code traffic}.
 */
package io.millrace.perf.audit;
