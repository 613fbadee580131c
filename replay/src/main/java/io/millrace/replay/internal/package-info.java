/**
 * Files read line by line, whole or as they grow, and each line decoded and offered.
 *
 * <p>Uses {@code records}.
 */
package io.millrace.replay.internal;
