/**
 * What is done at its time without anybody asking: when it is due, when it ran, what came of it.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.jobs;
