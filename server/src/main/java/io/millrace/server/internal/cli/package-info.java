/**
 * The command line: its root, and how a line is run.
 *
 * <p>Uses all rooms.
 */
package io.millrace.server.internal.cli;
