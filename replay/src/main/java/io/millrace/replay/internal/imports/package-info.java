/**
 * Files of other trackers: opened whatever they are packed in, read row by row, and each kind's rows as beacons.
 *
 * <p>Uses no other room.
 */
package io.millrace.replay.internal.imports;
