/**
 * What an export tells of a site, as lines of the replay format, and the same brought back into an engine.
 *
 * <p>Uses no other room.
 */
package io.millrace.replay.internal.records;
