/** Connections that never block, plain or over TLS, for the load generator and the hostile load. Uses no other room. */
package io.millrace.perf.net;
