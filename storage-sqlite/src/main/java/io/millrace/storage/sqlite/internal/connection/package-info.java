/**
 * Connections to the file: the one that writes and its transactions, those that read, checkpoints, and what errors mean.
 *
 * <p>Uses no other room.
 */
package io.millrace.storage.sqlite.internal.connection;
