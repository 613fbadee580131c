/**
 * The paths that visitors take: their journeys, put together in a tree.
 *
 * <p>Uses {@code answer}, {@code query}, {@code shape} and {@code request}.
 */
package io.millrace.dashboard.internal.path;
