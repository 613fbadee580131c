package io.millrace.dashboard.internal.report;

import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Visit;
import io.millrace.wire.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The completed conversions of a report and what they add up to. Amounts of different currencies are never added:
 * {@code revenue} speaks of the currency with the most conversions, {@code revenues} of each.
 *
 * @param completed newest first
 * @param currency what {@code revenue} is in, or null: no conversions
 */
record CompletedConversions(List<Conversion> completed, Map<Long, AttributedConversion> byId, String currency) {

    static CompletedConversions of(ReportContext context) {
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
                .mapToLong(c -> c.amount().minor())
                .sum();
    }

    /** What came in, by currency. */
    List<JsonObject> revenues() {
        Map<String, Long> sums = completed.stream()
                .collect(Collectors.groupingBy(
                        c -> c.amount().currency(),
                        TreeMap::new,
                        Collectors.summingLong(c -> c.amount().minor())));
        return sums.entrySet().stream()
                .map(e -> JsonObject.of("currency", e.getKey()).with("revenue", e.getValue()))
                .toList();
    }

    /** Those credited to an affiliate. */
    List<Conversion> of(int affiliateId) {
        return completed.stream().filter(c -> c.affiliateId() == affiliateId).toList();
    }

    JsonObject describe(ReportContext context, long sessions) {
        long n = completed.size();
        long revenue = revenue(completed);
        long inCurrency = completed.stream()
                .filter(c -> c.amount().currency().equals(currency))
                .count();
        JsonObject totals = JsonObject.of("conversions", n)
                .with("revenue", revenue)
                .with("currency", currency)
                .with("revenues", revenues())
                .with("avgValue", Math.round(Ratios.mean(revenue, inCurrency)))
                .with("conversionRate", Ratios.fine(n, sessions));
        return JsonObject.of("totals", totals).with("bySource", bySource()).with("timeSeries", series(context));
    }

    private List<JsonObject> bySource() {
        Map<String, List<Conversion>> groups =
                completed.stream().collect(Collectors.groupingBy(this::source, TreeMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(e -> JsonObject.of("name", e.getKey())
                        .with("conversions", (long) e.getValue().size())
                        .with("revenue", revenue(e.getValue())))
                .sorted(Comparator.comparingLong((JsonObject f) -> -(Long) f.get("conversions")))
                .limit(10)
                .toList();
    }

    private String source(Conversion c) {
        Visit visit = byId.get(c.id()).visit();
        return ReportContext.name(visit == null ? null : visit.origin().source());
    }

    /** One row for each bucket of the series. */
    List<JsonObject> series(ReportContext context) {
        Map<String, List<Conversion>> buckets = completed.stream()
                .collect(Collectors.groupingBy(
                        c -> context.period().label(c.occurredAt()), TreeMap::new, Collectors.toList()));
        Map<String, List<Long>> rows = new LinkedHashMap<>();
        buckets.forEach((label, list) -> rows.put(label, List.of((long) list.size(), revenue(list))));
        return context.filled(rows, "conversions", "revenue");
    }
}
