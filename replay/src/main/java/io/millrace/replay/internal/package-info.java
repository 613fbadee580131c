/**
 * Files read line by line, whole or as they grow, and each line decoded and offered.
 *
 * <p>Uses no other room.
 */
package io.millrace.replay.internal;
