/**
 * Files read line by line, whole or as they grow, and each line decoded and offered.
 *
 * <p>Uses {@code records} and {@code imports}.
 */
package io.millrace.replay.internal;
