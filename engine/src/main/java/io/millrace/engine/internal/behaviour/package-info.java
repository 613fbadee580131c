/**
 * What visitors do that people do not.
 *
 * <p>Uses no other room.
 */
package io.millrace.engine.internal.behaviour;
