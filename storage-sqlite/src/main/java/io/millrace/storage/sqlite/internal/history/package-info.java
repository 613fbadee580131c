/**
 * What visitors did one after another, asked of segments: which pages they saw, how far they got along steps, and when they
 * came back.
 *
 * <p>Uses {@code scan}, {@code numbers}, {@code pack}, {@code dictionary} and {@code connection}.
 */
package io.millrace.storage.sqlite.internal.history;
