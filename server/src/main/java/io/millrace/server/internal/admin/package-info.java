/**
 * The commands that say who and what is counted: sites, affiliates, users, keys.
 *
 * <p>Uses {@code command} and {@code instance}.
 */
package io.millrace.server.internal.admin;
