/**
 * Connections that never block, plain or over TLS, for the load generator and the hostile load.
 *
 * <p>Uses no other room.
 */
package io.millrace.perf.net;
