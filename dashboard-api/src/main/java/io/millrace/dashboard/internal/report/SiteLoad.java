package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Filter;
import io.millrace.engine.Site;
import java.util.List;
import java.util.function.Supplier;

/**
 * A report of a site's committed state. The site and its affiliates are part of the key, so that changing them shows at
 * once.
 *
 * @param more what else tells one question from another
 */
record SiteLoad(ReportContext context, Object more, Supplier<ReportCache.Body> body) implements ReportCache.Load {

    /** All that tells one question from another. */
    private record Key(
            Site site,
            List<Affiliate> affiliates,
            String periodName,
            Object period,
            Object interval,
            List<Filter> filters,
            Within within,
            Object more) {}

    @Override
    public Object key() {
        return new Key(
                context.site(),
                List.copyOf(context.engine().sites().affiliates(context.site().id())),
                context.period().name(),
                context.period().current(),
                context.period().interval(),
                context.filters(),
                context.within(),
                more);
    }

    @Override
    public Object resolved() {
        return context.period();
    }

    @Override
    public long generation() {
        return context.engine().generation(context.site().id());
    }

    @Override
    public boolean ahead() {
        return true;
    }

    @Override
    public ReportCache.Body compute() {
        return body.get();
    }
}
