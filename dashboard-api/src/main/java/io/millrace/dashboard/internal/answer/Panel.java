package io.millrace.dashboard.internal.answer;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The greatest values of one dimension, as a table.
 *
 * @param row makes a row of a value and its metrics
 */
public record Panel<T>(Dimension dimension, int limit, BiFunction<String, List<Long>, T> row, Metric... metrics) {}
