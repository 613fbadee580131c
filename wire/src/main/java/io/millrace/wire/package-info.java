/**
 * Beacons as clients write them: the collect body in JSON, and what other formats share with it.
 *
 * <pre>
 *  bytes --(JsonScan: depth, UTF-8, controls)--> JsonCursor --(BeaconReader)--> Draft or FieldError --(site known)--> Beacon
 * </pre>
 *
 * <p>Uses {@code json}.
 */
package io.millrace.wire;
