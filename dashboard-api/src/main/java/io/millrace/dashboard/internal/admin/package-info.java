/**
 * What people and programs change, and what they see of themselves: sites, affiliates, goals, funnels, exclusions, segments,
 * annotations, keys, users, sessions, shared links.
 *
 * <p>Uses {@code access}, {@code answer}, {@code cache}, {@code limit}, {@code live}, {@code query}, {@code report},
 * {@code request}, {@code revenue} and {@code shape}.
 */
package io.millrace.dashboard.internal.admin;
