/**
 * What every command is made of: how it came here, its settings, and a process that owns the data.
 *
 * <p>Uses {@code instance}, {@code control}, {@code data} and {@code config}.
 */
package io.millrace.server.internal.command;
