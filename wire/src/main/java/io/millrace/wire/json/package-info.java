/**
 * JSON, the one place that knows the library: a strict cursor for what clients send, trees read and written, a writer, and
 * the shape of errors.
 *
 * <p>Uses no other room. What it refuses is a {@link io.millrace.wire.json.MalformedJson}, whose message never
 * repeats what the client sent.
 */
package io.millrace.wire.json;
