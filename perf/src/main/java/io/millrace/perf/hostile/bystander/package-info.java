/**
 * People who know nothing of an attack, and what they see of it: visitors, visitors on new connections, a dashboard with
 * its stream, an owner. Uses audit, load, net, process, traffic.
 */
package io.millrace.perf.hostile.bystander;
