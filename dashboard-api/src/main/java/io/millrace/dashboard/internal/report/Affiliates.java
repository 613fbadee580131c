package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery.Group;
import io.millrace.engine.Conversion;
import io.millrace.engine.Report;
import io.millrace.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What affiliates brought. */
public final class Affiliates {
    private static final int PANEL = 10;
    private static final int LANDING_PAGES = 10;
    private static final int NEWEST = 20;
    private static final List<Long> NONE = List.of(0L, 0L);
    private static final Comparator<JsonObject> BEST_FIRST = Comparator.comparingLong(
                    (JsonObject f) -> -(Long) f.get("revenue"))
            .thenComparing(f -> -(Long) f.get("visits"))
            .thenComparing(f -> (String) f.get("slug"));

    private Affiliates() {}

    /** The panel of the overview. */
    static List<JsonObject> panel(ReportContext context, CompletedConversions conversions) {
        return rows(context, conversions).stream()
                .limit(PANEL)
                .map(row -> JsonObject.of("name", row.get("name"))
                        .with("slug", row.get("slug"))
                        .with("visits", row.get("visits"))
                        .with("visitors", row.get("unique_visitors"))
                        .with("conversions", row.get("conversions"))
                        .with("revenue", row.get("revenue")))
                .toList();
    }

    /** All affiliates of the site, best first, those without visits too. */
    private static List<JsonObject> rows(ReportContext context, CompletedConversions conversions) {
        Map<String, List<Long>> visits = context.affiliates(0, Group.AFFILIATE, 0).rows().stream()
                .collect(Collectors.toMap(r -> r.values().get(0), Report.Row::metrics));
        List<JsonObject> rows = new ArrayList<>();
        for (Affiliate a : context.engine().sites().affiliates(context.site().id())) {
            rows.add(row(a, visits.getOrDefault(Integer.toString(a.id()), NONE), conversions));
        }
        rows.sort(BEST_FIRST);
        return rows;
    }

    private static JsonObject row(Affiliate a, List<Long> visits, CompletedConversions conversions) {
        List<Conversion> credited = conversions.of(a.id());
        return describe(a)
                .with("visits", visits.get(0))
                .with("unique_visitors", visits.get(1))
                .with("conversions", (long) credited.size())
                .with("revenue", conversions.revenue(credited))
                .with("commission", commission(a, conversions.revenue(credited)));
    }

    public static JsonObject describe(Affiliate a) {
        return JsonObject.of("id", a.id())
                .with("name", a.name())
                .with("slug", a.slug())
                .with("commission_rate", a.rate())
                .with("window_days", a.window().toDays());
    }

    /** The affiliate's share in minor units; refunded conversions are not in the revenue. */
    static long commission(Affiliate a, long revenue) {
        return Math.round(revenue * a.rate());
    }

    /** The report over all affiliates. */
    static JsonObject of(ReportContext asked) {
        ReportContext context = asked.settled();
        CompletedConversions conversions = CompletedConversions.of(context);
        List<JsonObject> rows = rows(context, conversions);
        List<Long> all = context.affiliates(0, Group.ALL, 0).rows().get(0).metrics();
        JsonObject totals = JsonObject.of("visits", all.get(0))
                .with("unique_visitors", all.get(1))
                .with("conversions", sum(rows, "conversions"))
                .with("revenue", sum(rows, "revenue"))
                .with("currency", conversions.currency());
        return context.head()
                .with("affiliates", rows)
                .with("totals", totals)
                .with("timeSeries", visitSeries(context, 0));
    }

    private static long sum(List<JsonObject> rows, String field) {
        return rows.stream().mapToLong(r -> (Long) r.get(field)).sum();
    }

    private static List<JsonObject> visitSeries(ReportContext context, int affiliateId) {
        Map<String, List<Long>> rows = new LinkedHashMap<>();
        Group group = Group.valueOf(context.period().interval().name());
        context.affiliates(affiliateId, group, 0)
                .rows()
                .forEach(r -> rows.put(r.values().get(0), r.metrics()));
        return context.filled(rows, "visits", "unique_visitors");
    }

    /** The report of one affiliate, its latest conversions with it. */
    static JsonObject one(ReportContext context, int affiliateId) {
        return one(context, affiliateId, true);
    }

    /** What the affiliate himself may see: no single conversion, no visitor. */
    static JsonObject figures(ReportContext context, int affiliateId) {
        return one(context, affiliateId, false);
    }

    private static JsonObject one(ReportContext asked, int affiliateId, boolean single) {
        Affiliate affiliate = asked.engine().sites().affiliates(asked.site().id()).stream()
                .filter(a -> a.id() == affiliateId)
                .findAny()
                .orElseThrow(() -> ApiException.notFound("affiliate"));
        ReportContext context = asked.settled();
        CompletedConversions conversions = CompletedConversions.of(context).only(affiliateId);
        JsonObject report = context.head()
                .with("affiliate", describe(affiliate))
                .with("stats", stats(context, affiliate, conversions))
                .with("visitTimeSeries", visitSeries(context, affiliateId))
                .with("convTimeSeries", conversions.series(context))
                .with("landingPages", landingPages(context, affiliateId));
        return single ? report.with("conversions", newest(context, affiliate, conversions)) : report;
    }

    private static JsonObject stats(ReportContext context, Affiliate affiliate, CompletedConversions conversions) {
        List<Long> visits =
                context.affiliates(affiliate.id(), Group.ALL, 0).rows().get(0).metrics();
        long n = conversions.completed().size();
        long revenue = conversions.revenue(conversions.completed());
        return JsonObject.of("visits", visits.get(0))
                .with("uniqueVisitors", visits.get(1))
                .with("conversions", n)
                .with("revenue", revenue)
                .with("currency", conversions.currency())
                .with("revenues", conversions.revenues())
                .with("conversionRate", Ratios.fine(n, visits.get(1)))
                .with("commission", commission(affiliate, revenue));
    }

    private static List<JsonObject> landingPages(ReportContext context, int affiliateId) {
        return context.affiliates(affiliateId, Group.LANDING_PAGE, LANDING_PAGES).rows().stream()
                .map(r -> ReportContext.row(
                        "name", ReportContext.name(r.values().get(0)), r.metrics(), "count", "visitors"))
                .toList();
    }

    private static List<JsonObject> newest(
            ReportContext context, Affiliate affiliate, CompletedConversions conversions) {
        return conversions.completed().stream()
                .limit(NEWEST)
                .map(c -> ConversionList.describe(c, context.site()).with("affiliate_name", affiliate.name()))
                .toList();
    }
}
