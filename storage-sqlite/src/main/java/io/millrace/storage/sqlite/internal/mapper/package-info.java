/**
 * Rows as the engine's types.
 *
 * <p>Uses {@code dictionary} and {@code connection}.
 */
package io.millrace.storage.sqlite.internal.mapper;
