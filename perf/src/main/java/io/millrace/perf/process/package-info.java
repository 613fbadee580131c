/**
 * Servers as processes of their own, so that they can be killed, and their memory and processor time told from ours.
 *
 * <p>Uses no other room.
 */
package io.millrace.perf.process;
