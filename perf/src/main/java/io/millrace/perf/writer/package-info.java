/**
 * The writer alone: batches as the engine would make them go straight into the storage, without sockets, JSON and ring.
 *
 * <pre>{@code
 *   BatchSource -> SqliteStorage.writer().write    how fast, how many bytes a page view, how fast the reports are
 *   BatchSource -> RawLoop                         the same rows by plain JDBC: what the driver allows
 *   BatchSource -> Naive                           the ways of the stories: nine autocommits, one transaction, ...
 * }</pre>
 *
 * <p>Uses no other room.
 */
package io.millrace.perf.writer;
