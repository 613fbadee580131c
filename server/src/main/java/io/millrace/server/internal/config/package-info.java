/**
 * Settings, from flags, environment, file and defaults.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.config;
