/**
 * Who asks, and what the storage knows of him.
 *
 * <p>Uses {@code limit} and {@code request}.
 */
package io.millrace.dashboard.internal.access;
