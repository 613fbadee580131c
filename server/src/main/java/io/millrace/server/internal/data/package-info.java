/**
 * The data directory and who owns it.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.data;
