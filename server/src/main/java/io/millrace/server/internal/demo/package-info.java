/**
 * A site with made-up traffic.
 *
 * <p>Uses no other room.
 */
package io.millrace.server.internal.demo;
