package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.revenue.CompletedConversions.AffiliateRevenue;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery.Group;
import io.millrace.engine.Conversion;
import io.millrace.engine.Report;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each affiliate brought. */
public record Affiliates(
        SiteHead site,
        PeriodHead period,
        List<AffiliateRow> affiliates,
        AffiliateTotals totals,
        List<AffiliateVisits> timeSeries) {
    private static final int PANEL = 10;
    private static final List<Long> NONE = List.of(0L, 0L);
    private static final Comparator<AffiliateRow> BEST_FIRST = Comparator.comparingLong(
                    (AffiliateRow row) -> -row.revenue())
            .thenComparing(row -> -row.visits())
            .thenComparing(row -> row.affiliate().slug());

    /** An affiliate as it was entered. */
    @SnakeCase
    public record AffiliateHead(int id, String name, String slug, double commissionRate, long windowDays) {
        public static AffiliateHead of(Affiliate a) {
            return new AffiliateHead(
                    a.id(), a.name(), a.slug(), a.rate(), a.window().toDays());
        }
    }

    @SnakeCase
    record AffiliateRow(
            @Unwrapped AffiliateHead affiliate,
            long visits,
            long uniqueVisitors,
            long conversions,
            long revenue,
            long commission,
            List<AffiliateRevenue> revenues) {
        private static AffiliateRow of(Affiliate a, List<Long> visits, CompletedConversions conversions) {
            List<Conversion> credited = conversions.of(a.id());
            return new AffiliateRow(
                    AffiliateHead.of(a),
                    visits.get(0),
                    visits.get(1),
                    credited.size(),
                    conversions.revenue(credited),
                    conversions.commission(credited),
                    CompletedConversions.affiliateRevenues(credited));
        }
    }

    @SnakeCase
    record AffiliateTotals(
            long visits,
            long uniqueVisitors,
            long conversions,
            long revenue,
            long commission,
            @Nullable String currency,
            List<AffiliateRevenue> revenues) {}

    @SnakeCase
    record AffiliateVisits(String date, long visits, long uniqueVisitors) {}

    /** A row of the overview's panel. */
    public record AffiliateSummary(
            String name, String slug, long visits, long visitors, long conversions, long revenue) {
        private static AffiliateSummary of(AffiliateRow row) {
            return new AffiliateSummary(
                    row.affiliate().name(),
                    row.affiliate().slug(),
                    row.visits(),
                    row.uniqueVisitors(),
                    row.conversions(),
                    row.revenue());
        }
    }

    /** The panel of the overview. */
    public static List<AffiliateSummary> panel(ReportContext context, CompletedConversions conversions) {
        return rows(context, conversions).stream()
                .limit(PANEL)
                .map(AffiliateSummary::of)
                .toList();
    }

    /** All affiliates of the site, best first, those without visits too. */
    private static List<AffiliateRow> rows(ReportContext context, CompletedConversions conversions) {
        Map<String, List<Long>> visits = context.affiliates(0, Group.AFFILIATE, 0).rows().stream()
                .collect(Collectors.toMap(r -> r.values().get(0), Report.Row::metrics));
        return context.engine().sites().affiliates(context.site().id()).stream()
                .map(a -> AffiliateRow.of(a, visits.getOrDefault(Integer.toString(a.id()), NONE), conversions))
                .sorted(BEST_FIRST)
                .toList();
    }

    public static Affiliates of(ReportContext asked) {
        ReportContext context = asked.settled();
        CompletedConversions conversions = CompletedConversions.of(context);
        List<AffiliateRow> rows = rows(context, conversions);
        List<Long> all = context.affiliates(0, Group.ALL, 0).rows().get(0).metrics();
        AffiliateTotals totals = new AffiliateTotals(
                all.get(0),
                all.get(1),
                rows.stream().mapToLong(AffiliateRow::conversions).sum(),
                rows.stream().mapToLong(AffiliateRow::revenue).sum(),
                rows.stream().mapToLong(AffiliateRow::commission).sum(),
                conversions.currency(),
                CompletedConversions.affiliateRevenues(conversions.credited()));
        return new Affiliates(
                SiteHead.of(context.site()), PeriodHead.of(context.period()), rows, totals, visitSeries(context, 0));
    }

    static List<AffiliateVisits> visitSeries(ReportContext context, int affiliateId) {
        Group group = Group.valueOf(context.period().interval().name());
        return context.filled(
                context.affiliates(affiliateId, group, 0).rows(),
                (date, visits) -> new AffiliateVisits(date, visits.get(0), visits.get(1)));
    }
}
