/**
 * The hostile load: what strangers do to a server to stop it, to fill it or to starve others, with a bystander beside
 * them whose answers are measured.
 *
 * <pre>
 *   Trial --start--&gt; Millrace (a process) &lt;--beacons, reports-- Bystander
 *     |                     ^
 *     +--Attacker (a process) --Swarm: many connections, each with a Script of an Attack
 *     |
 *     +--Verdict: alive, memory, the law, nothing acknowledged lost
 * </pre>
 *
 * Only servers on this machine are attacked, one that {@link io.millrace.perf.hostile.Trial} has started itself.
 */
package io.millrace.perf.hostile;
