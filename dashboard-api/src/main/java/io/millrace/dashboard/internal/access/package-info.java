/**
 * Who asks, what the storage knows of him, and how often he may try.
 *
 * <p>Uses {@code cache} and {@code request}.
 */
package io.millrace.dashboard.internal.access;
