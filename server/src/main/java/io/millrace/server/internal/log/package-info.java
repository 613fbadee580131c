/**
 * What the program logs, and how a line of it looks.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.log;
