/**
 * Settings, from flags, environment, file and defaults.
 *
 * <p>Uses {@code log}.
 */
package io.millrace.server.internal.config;
