/**
 * People who know nothing of an attack, and what they see of it: visitors, visitors on new connections, a dashboard with
 * its stream, an owner.
 *
 * <p>Uses {@code audit}, {@code load}, {@code net}, {@code process} and {@code traffic}.
 */
package io.millrace.perf.hostile.bystander;
