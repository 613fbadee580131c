package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Visit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The completed conversions of a report and what they add up to. Amounts of different currencies are never added:
 * {@code revenue} speaks of the currency with the most conversions, which stands beside it, {@code revenues} of each.
 *
 * @param completed newest first
 * @param currency what {@code revenue} is in, or null: no conversions
 */
public record CompletedConversions(List<Conversion> completed, Map<Long, AttributedConversion> byId, String currency) {

    record Revenue(String currency, long revenue) {}

    record AffiliateRevenue(String currency, long revenue, long commission) {}

    record ConversionTotals(
            long conversions,
            long revenue,
            @Nullable String currency,
            List<Revenue> revenues,
            long avgValue,
            double conversionRate) {}

    record SourceConversions(
            String name,
            long conversions,
            long revenue,
            @Nullable String currency,
            List<Revenue> revenues) {}

    record ConversionSeriesRow(
            String date,
            long conversions,
            long revenue,
            @Nullable String currency,
            List<Revenue> revenues) {}

    public record ConversionPanel(
            ConversionTotals totals, List<SourceConversions> bySource, List<ConversionSeriesRow> timeSeries) {}

    public static CompletedConversions of(ReportContext context) {
        List<AttributedConversion> all = context.conversions();
        List<Conversion> completed = all.stream()
                .map(AttributedConversion::conversion)
                .filter(c -> c.status() == Conversion.Status.COMPLETED)
                .toList();
        Map<Long, AttributedConversion> byId = all.stream()
                .collect(Collectors.toMap(s -> s.conversion().id(), Function.identity(), (a, b) -> a, HashMap::new));
        return new CompletedConversions(completed, byId, commonest(completed));
    }

    /** Those credited to one affiliate, in the currency that most of them have. */
    CompletedConversions only(int affiliateId) {
        List<Conversion> credited = of(affiliateId);
        return new CompletedConversions(credited, byId, commonest(credited));
    }

    private static String commonest(List<Conversion> completed) {
        Map<String, Long> counts = completed.stream()
                .collect(Collectors.groupingBy(c -> c.amount().currency(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    long revenue(List<Conversion> of) {
        return of.stream()
                .filter(c -> c.amount().currency().equals(currency))
                .mapToLong(Conversion::left)
                .sum();
    }

    /** The share of affiliates, in the currency that {@code revenue} speaks of. */
    long commission(List<Conversion> of) {
        return of.stream()
                .filter(c -> c.amount().currency().equals(currency))
                .mapToLong(Conversion::commission)
                .sum();
    }

    /** What came in, by currency. */
    List<Revenue> revenues() {
        return revenues(completed);
    }

    private static List<Revenue> revenues(List<Conversion> of) {
        return affiliateRevenues(of).stream()
                .map(r -> new Revenue(r.currency(), r.revenue()))
                .toList();
    }

    /** What affiliates brought and what their share of it is, by currency. */
    static List<AffiliateRevenue> affiliateRevenues(List<Conversion> of) {
        Map<String, List<Conversion>> currencies = of.stream()
                .collect(Collectors.groupingBy(c -> c.amount().currency(), TreeMap::new, Collectors.toList()));
        return currencies.entrySet().stream()
                .map(e -> new AffiliateRevenue(
                        e.getKey(),
                        e.getValue().stream().mapToLong(Conversion::left).sum(),
                        e.getValue().stream().mapToLong(Conversion::commission).sum()))
                .toList();
    }

    /** Those credited to an affiliate. */
    List<Conversion> of(int affiliateId) {
        return completed.stream().filter(c -> c.affiliateId() == affiliateId).toList();
    }

    /** Those credited to any affiliate. */
    List<Conversion> credited() {
        return completed.stream().filter(c -> c.affiliateId() != 0).toList();
    }

    /** The panel of the overview. */
    public ConversionPanel panel(ReportContext context, long sessions) {
        long n = completed.size();
        long revenue = revenue(completed);
        long inCurrency = completed.stream()
                .filter(c -> c.amount().currency().equals(currency))
                .count();
        ConversionTotals totals = new ConversionTotals(
                n,
                revenue,
                currency,
                revenues(),
                Math.round(Ratios.mean(revenue, inCurrency)),
                Ratios.fine(n, sessions));
        return new ConversionPanel(totals, bySource(), series(context));
    }

    private List<SourceConversions> bySource() {
        Map<String, List<Conversion>> groups =
                completed.stream().collect(Collectors.groupingBy(this::source, TreeMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(e -> new SourceConversions(
                        e.getKey(), e.getValue().size(), revenue(e.getValue()), currency, revenues(e.getValue())))
                .sorted(Comparator.comparingLong(s -> -s.conversions()))
                .limit(10)
                .toList();
    }

    private String source(Conversion c) {
        Visit visit = byId.get(c.id()).visit();
        return ReportContext.name(visit == null ? null : visit.origin().source());
    }

    /** One row for each bucket of the series. */
    List<ConversionSeriesRow> series(ReportContext context) {
        Map<String, List<Conversion>> buckets = completed.stream()
                .collect(Collectors.groupingBy(c -> context.period().label(c.occurredAt())));
        return context.period().labels(buckets.keySet()).stream()
                .map(date -> row(date, buckets.getOrDefault(date, List.of())))
                .toList();
    }

    private ConversionSeriesRow row(String date, List<Conversion> of) {
        return new ConversionSeriesRow(date, of.size(), revenue(of), currency, revenues(of));
    }
}
