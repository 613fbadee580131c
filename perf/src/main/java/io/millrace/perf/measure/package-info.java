/**
 * The measurements of {@code docs/performance.md}: each is a command that runs servers as processes, and writes its table
 * between its two marks in the document.
 *
 * <p>Uses {@code hostile}, {@code load}, {@code perf}, {@code process}, {@code questions}, {@code report},
 * {@code stories}, {@code traffic} and {@code writer}.
 */
package io.millrace.perf.measure;
