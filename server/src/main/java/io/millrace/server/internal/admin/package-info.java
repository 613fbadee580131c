/**
 * The commands that say who and what is counted: sites, exclusions, affiliates, goals, funnels, segments, annotations, users, keys.
 *
 * <p>Uses {@code command}, {@code config} and {@code instance}.
 */
package io.millrace.server.internal.admin;
