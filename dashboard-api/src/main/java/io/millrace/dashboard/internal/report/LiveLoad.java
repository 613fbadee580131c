package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.cache.ReportCache;
import java.util.function.Supplier;

/** A report of what is in memory: it has no generation, so it is made anew whenever its time is over. */
public record LiveLoad(Object key, Supplier<ReportCache.Body> body) implements ReportCache.Load {

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public boolean mayBeKept() {
        return false;
    }

    @Override
    public ReportCache.Body compute() {
        return body.get();
    }
}
