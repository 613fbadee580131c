/**
 * JSON, the one place that knows the library: a strict cursor for what clients send, names found without making strings,
 * numbers as they are written.
 *
 * <p>Knows nothing of beacons. What it refuses is a {@link io.millrace.wire.json.MalformedJson}, whose message never
 * repeats what the client sent.
 */
package io.millrace.wire.json;
