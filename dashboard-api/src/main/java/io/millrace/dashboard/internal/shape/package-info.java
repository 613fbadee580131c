/**
 * What an answer's record looks like outside: the names, types and values of its fields.
 *
 * <p>Uses no other room.
 */
package io.millrace.dashboard.internal.shape;
