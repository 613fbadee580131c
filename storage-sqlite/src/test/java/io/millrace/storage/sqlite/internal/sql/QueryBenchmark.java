package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a query to its SQL, not run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class QueryBenchmark {
    private final Query query = Query.totals(
                    1,
                    new Period(1_790_000_000_000L, 1_793_000_000_000L),
                    ZoneOffset.UTC,
                    Metric.SESSIONS,
                    Metric.VISITORS)
            .by(Dimension.SOURCE, 20)
            .where(List.of(Filter.is(Dimension.COUNTRY, "DE")));
    private final HitOffsets reach = new HitOffsets(0, 0);

    /** Sessions and visitors by source with one filter. */
    @Benchmark
    public Object build() {
        return QuerySql.of(query, FactSql.of(query, reach));
    }
}
