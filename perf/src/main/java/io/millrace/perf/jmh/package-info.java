/**
 * Benchmarks of single parts, run by {@code perf/measure jmh}; compiled with everything else, so that they cannot rot.
 * Those of package-private parts live in the part's own package, among its module's tests.
 *
 * <p>Uses {@code traffic}.
 */
package io.millrace.perf.jmh;
