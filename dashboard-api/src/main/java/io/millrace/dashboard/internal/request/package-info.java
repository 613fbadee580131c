/**
 * One request, checked as it is read, and its answer.
 *
 * <p>Uses no other room.
 */
package io.millrace.dashboard.internal.request;
