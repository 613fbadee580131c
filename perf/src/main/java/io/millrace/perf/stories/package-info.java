/**
 * The ways of writing page views that the stories began with, on the same HTTP library, JDBC driver and traffic as the
 * real server, so that what differs is the way of writing alone.
 *
 * <p>Uses no other room.
 */
package io.millrace.perf.stories;
