/**
 * Finds the operation that a request is for, and lets nobody through who may not.
 *
 * <p>Uses all rooms.
 */
package io.millrace.dashboard.internal;
