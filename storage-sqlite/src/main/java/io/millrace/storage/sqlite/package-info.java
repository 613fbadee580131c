/**
 * One SQLite file as the storage of the engine.
 *
 * <pre>
 *   Batch -> SqliteWriter -> one transaction on the one write connection -> COMMIT -> CommittedState, in memory
 *   Query -> SqliteReader -> a read-only connection: roll-ups, stored and of open days, or rows
 * </pre>
 *
 * {@link io.millrace.storage.sqlite.SqliteStorage#open} is the way in.
 */
package io.millrace.storage.sqlite;
