package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.CountRow;
import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.revenue.Affiliates.AffiliateHead;
import io.millrace.dashboard.internal.revenue.Affiliates.AffiliateVisits;
import io.millrace.dashboard.internal.revenue.CompletedConversions.AffiliateRevenue;
import io.millrace.dashboard.internal.revenue.CompletedConversions.ConversionSeriesRow;
import io.millrace.dashboard.internal.revenue.ConversionList.ConversionHead;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery.Group;
import java.util.List;

/**
 * What one affiliate brought.
 *
 * @param conversions the latest, for those who may see single conversions
 */
@Name("Affiliate")
public record AffiliateReport(
        SiteHead site,
        PeriodHead period,
        AffiliateHead affiliate,
        AffiliateStats stats,
        List<AffiliateVisits> visitTimeSeries,
        List<ConversionSeriesRow> convTimeSeries,
        List<CountRow> landingPages,
        @Omittable List<AffiliateConversion> conversions) {
    private static final int LANDING_PAGES = 10;
    private static final int NEWEST = 20;

    record AffiliateStats(
            long visits,
            long uniqueVisitors,
            long conversions,
            long revenue,
            @Nullable String currency,
            List<AffiliateRevenue> revenues,
            double conversionRate,
            long commission) {
        private static AffiliateStats of(ReportContext context, Affiliate affiliate, CompletedConversions conversions) {
            List<Long> visits = context.affiliates(affiliate.id(), Group.ALL, 0)
                    .rows()
                    .get(0)
                    .metrics();
            long n = conversions.completed().size();
            long revenue = conversions.revenue(conversions.completed());
            return new AffiliateStats(
                    visits.get(0),
                    visits.get(1),
                    n,
                    revenue,
                    conversions.currency(),
                    CompletedConversions.affiliateRevenues(conversions.completed()),
                    Ratios.fine(n, visits.get(1)),
                    conversions.commission(conversions.completed()));
        }
    }

    @SnakeCase
    record AffiliateConversion(@Unwrapped ConversionHead conversion, String affiliateName) {}

    /**
     * The report of one affiliate.
     *
     * @param single with its latest conversions; false: what the affiliate himself may see, no conversion, no visitor
     */
    public static AffiliateReport of(ReportContext asked, int affiliateId, boolean single) {
        Affiliate affiliate = asked.engine().sites().affiliate(asked.site().id(), affiliateId);
        if (affiliate == null) {
            throw ApiException.notFound("affiliate");
        }
        ReportContext context = asked.settled();
        CompletedConversions conversions = CompletedConversions.of(context).only(affiliateId);
        return new AffiliateReport(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                AffiliateHead.of(affiliate),
                AffiliateStats.of(context, affiliate, conversions),
                Affiliates.visitSeries(context, affiliateId),
                conversions.series(context),
                landingPages(context, affiliateId),
                single ? newest(context, affiliate, conversions) : null);
    }

    private static List<CountRow> landingPages(ReportContext context, int affiliateId) {
        return context.affiliates(affiliateId, Group.LANDING_PAGE, 0).rows().stream()
                .filter(r -> context.within().shows(r.values().get(0)))
                .limit(LANDING_PAGES)
                .map(r -> new CountRow(ReportContext.name(r.values().get(0)), r.metrics()))
                .toList();
    }

    private static List<AffiliateConversion> newest(
            ReportContext context, Affiliate affiliate, CompletedConversions conversions) {
        return conversions.completed().stream()
                .limit(NEWEST)
                .map(c -> new AffiliateConversion(ConversionHead.of(c, context.site()), affiliate.name()))
                .toList();
    }
}
