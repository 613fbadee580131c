/**
 * Who sent a request, as far as anybody trusted says.
 *
 * <p>Uses no other room.
 */
package io.millrace.http.internal.client;
