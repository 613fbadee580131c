/**
 * The commands of {@code millrace load}, and the servers that others are compared with: {@link io.millrace.perf.Bare} and
 * {@link io.millrace.perf.FrontAlone}. Uses every room but {@code measure}.
 */
package io.millrace.perf;
