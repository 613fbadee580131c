/**
 * A query as the text of a statement; nothing here runs one.
 *
 * <p>Uses {@code connection}.
 */
package io.millrace.storage.sqlite.internal.sql;
