/**
 * The measurements of {@code docs/performance.md}: each is a command that runs servers as processes, and writes its table
 * between its two marks in the document.
 */
package io.millrace.perf.measure;
