/**
 * Rows as the engine's types.
 *
 * <p>Uses {@code dictionary}.
 */
package io.millrace.storage.sqlite.internal.mapper;
