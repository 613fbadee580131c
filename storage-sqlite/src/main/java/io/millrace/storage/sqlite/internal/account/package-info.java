/**
 * Who may see and change what: keys, users, sessions, links, segments, annotations and the audit trail.
 *
 * <p>Uses {@code connection}.
 */
package io.millrace.storage.sqlite.internal.account;
