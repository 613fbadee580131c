/**
 * What people and programs change, and what they see of themselves: sites, affiliates, keys, users, sessions,
 * shared links, conversions.
 *
 * <p>Uses {@code live}, {@code report}, {@code query}, {@code access}, {@code cache}, {@code limit}
 * and {@code request}.
 */
package io.millrace.dashboard.internal.admin;
