/**
 * Beacons in: by our own JSON, by an image, and by the trackers of others.
 *
 * <p>Uses {@code connection}, {@code client} and {@code message}.
 */
package io.millrace.http.internal.collect;
