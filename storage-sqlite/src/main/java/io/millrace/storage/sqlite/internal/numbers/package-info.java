/**
 * Whole numbers, many of them, as questions count with them.
 *
 * <p>Uses {@code pack}.
 */
package io.millrace.storage.sqlite.internal.numbers;
