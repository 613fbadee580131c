/**
 * Listens, and finds the route of a request.
 *
 * <p>Uses all rooms.
 */
package io.millrace.http.internal;
