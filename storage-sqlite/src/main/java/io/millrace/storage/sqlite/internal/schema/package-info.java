/**
 * The file as a whole: its schema, whether it is sound, what the planner believes of it, what its tables take.
 *
 * <p>Uses {@code connection}.
 */
package io.millrace.storage.sqlite.internal.schema;
