/**
 * Column packs: visits and their hits as columns of numbers, a derived copy of the rows that questions read.
 *
 * <p>Uses {@code sql}, {@code dictionary} and {@code connection}.
 */
package io.millrace.storage.sqlite.internal.pack;
