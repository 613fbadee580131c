/**
 * The commands of {@code millrace load}, and the servers that others are compared with: {@link io.millrace.perf.Bare} and
 * {@link io.millrace.perf.FrontAlone}.
 *
 * <p>Uses {@code audit}, {@code hostile}, {@code jmh}, {@code load}, {@code net}, {@code process},
 * {@code report} and {@code traffic}.
 */
package io.millrace.perf;
