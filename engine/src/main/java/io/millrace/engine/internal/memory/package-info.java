/**
 * The storage in memory, which defines what every figure means.
 *
 * <p>Uses no other room.
 */
package io.millrace.engine.internal.memory;
