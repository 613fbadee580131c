/**
 * One SQLite file as the storage of the engine.
 *
 * <pre>
 *   Batch -> Writer -> one transaction on the one write connection -> COMMIT -> day books in memory
 *   Query -> Reader -> a read-only connection: roll-ups, visitor sets and day books, or rows
 * </pre>
 *
 * {@link io.millrace.storage.sqlite.SqliteStorage#open} is the way in.
 */
package io.millrace.storage.sqlite;
