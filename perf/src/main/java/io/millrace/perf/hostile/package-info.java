/**
 * The hostile load: what strangers do to a server to stop it, to fill it or to starve others, with bystanders beside
 * them whose answers are measured.
 *
 * <pre>
 *   Trial --start--&gt; Millrace (a process) &lt;--Bystanders: PageViews, Reports, Owner--
 *     |                     ^
 *     +--Attacker (a process, in a Network) --Swarm: many connections, each with a Script of an Attack
 *     |
 *     +--judges: alive, memory, waiting, the Law, nothing acknowledged lost, verify
 * </pre>
 *
 * Attacks stand in classes by what they are after: Unfinished, Unread, Floods, Collisions, Costly, Questions, Doors. Only
 * servers on this machine are attacked, which a trial has started itself.
 *
 * <p>Uses {@code audit}, {@code hostile.bystander}, {@code load}, {@code net}, {@code process} and {@code traffic}.
 */
package io.millrace.perf.hostile;
