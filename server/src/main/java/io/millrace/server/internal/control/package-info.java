/**
 * Commands sent to the process that owns the data, over a socket in the data directory.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.control;
