package io.millrace.dashboard;

import static io.millrace.dashboard.ReferenceReports.map;

import io.millrace.dashboard.History.Converted;
import io.millrace.dashboard.History.Sent;
import io.millrace.dashboard.Reference.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Conversions and affiliates as the reference has them, in the words of the wire. */
final class ReferenceConversions {
    private static final Map<String, Integer> PERCENT = Map.of("bob", 10, "eve", 25);
    private final Reference reference;
    private final Calendar calendar;
    private final Predicate<Long> current;

    ReferenceConversions(Reference reference, Calendar calendar) {
        this.reference = reference;
        this.calendar = calendar;
        this.current = calendar.current();
    }

    private static String currency(List<Converted> conversions) {
        Map<String, List<Converted>> by = Reference.group(conversions, Converted::currency);
        String best = null;
        for (String c : by.keySet()) {
            best = best == null || by.get(c).size() > by.get(best).size() ? c : best;
        }
        return best;
    }

    private static long revenue(List<Converted> conversions, String currency) {
        return conversions.stream()
                .filter(p -> p.currency().equals(currency))
                .mapToLong(Converted::left)
                .sum();
    }

    private static List<Object> revenues(List<Converted> conversions) {
        List<Object> rows = new ArrayList<>();
        Reference.group(conversions, Converted::currency)
                .forEach((c, list) -> rows.add(map("currency", c, "revenue", revenue(list, c))));
        return rows;
    }

    /** Each by itself, half a minor unit up. */
    private static long commission(String slug, List<Converted> own, String currency) {
        return own.stream()
                .filter(p -> p.currency().equals(currency))
                .mapToLong(p -> (p.left() * PERCENT.get(slug) + 50) / 100)
                .sum();
    }

    private static List<Object> revenues(String slug, List<Converted> own) {
        List<Object> rows = new ArrayList<>();
        Reference.group(own, Converted::currency)
                .forEach((c, list) -> rows.add(
                        map("currency", c, "revenue", revenue(list, c), "commission", commission(slug, list, c))));
        return rows;
    }

    /** Those of both affiliates. */
    private List<Object> bothRevenues() {
        List<Object> rows = new ArrayList<>();
        for (String c : List.of("EUR", "USD")) {
            List<Converted> bob =
                    credited("bob").stream().filter(p -> p.currency().equals(c)).toList();
            List<Converted> eve =
                    credited("eve").stream().filter(p -> p.currency().equals(c)).toList();
            if (bob.size() + eve.size() > 0) {
                rows.add(map(
                        "currency",
                        c,
                        "revenue",
                        revenue(bob, c) + revenue(eve, c),
                        "commission",
                        commission("bob", bob, c) + commission("eve", eve, c)));
            }
        }
        return rows;
    }

    Map<String, Object> conversions(Count now) {
        List<Converted> conversions = reference.conversions(current);
        String currency = currency(conversions);
        long inIt =
                conversions.stream().filter(p -> p.currency().equals(currency)).count();
        Map<String, Object> totals = map(
                "conversions",
                conversions.size(),
                "revenue",
                revenue(conversions, currency),
                "currency",
                currency,
                "revenues",
                revenues(conversions),
                "avgValue",
                inIt == 0 ? 0 : Math.round((double) revenue(conversions, currency) / inIt),
                "conversionRate",
                now.visits.isEmpty() ? 0 : Math.round(10000.0 * conversions.size() / now.visits.size()) / 100.0);
        List<Map<String, Object>> sources = new ArrayList<>();
        Reference.group(conversions, this::source)
                .forEach((source, list) -> sources.add(map(
                        "name", source,
                        "conversions", list.size(),
                        "revenue", revenue(list, currency),
                        "currency", currency,
                        "revenues", revenues(list))));
        sources.sort(Comparator.comparingInt(row -> -(Integer) row.get("conversions")));
        return map("totals", totals, "bySource", sources, "timeSeries", series(conversions, currency));
    }

    private String source(Converted converted) {
        return reference.visit(converted) == null
                ? "(none)"
                : reference.visit(converted).source();
    }

    private List<Object> series(List<Converted> conversions, String currency) {
        Map<String, List<Converted>> by =
                Reference.group(conversions, p -> calendar.label(p.time(), calendar.interval()));
        TreeSet<String> labels = new TreeSet<>(by.keySet());
        labels.addAll(calendar.labels(calendar.interval()));
        List<Object> rows = new ArrayList<>();
        for (String label : labels) {
            List<Converted> list = by.getOrDefault(label, List.of());
            rows.add(map(
                    "date", label,
                    "conversions", list.size(),
                    "revenue", revenue(list, currency),
                    "currency", currency,
                    "revenues", revenues(list)));
        }
        return rows;
    }

    private static String value(Reference.Visit visit, String dimension) {
        if (dimension.equals("source")) {
            return visit.source();
        }
        return History.AFFILIATES.stream()
                .filter(visit.affiliates::containsKey)
                .findFirst()
                .orElse("(none)");
    }

    /** What is credited to values of a dimension: millionths of conversions, and money. */
    List<Object> attribution(String attribution, String dimension) {
        Map<List<String>, long[]> sums = new LinkedHashMap<>();
        for (Converted p : reference.conversions(current)) {
            List<Reference.Visit> path = reference.path(p);
            if (path.isEmpty()) {
                add(sums, "(none)", p, 1_000_000, p.left());
            }
            for (int i = 0; i < path.size(); i++) {
                boolean last = i == path.size() - 1;
                int n = path.size();
                String value = value(path.get(i), dimension);
                switch (attribution) {
                    case "first" -> add(sums, value, p, i == 0 ? 1_000_000 : 0, i == 0 ? p.left() : 0);
                    case "last" -> add(sums, value, p, last ? 1_000_000 : 0, last ? p.left() : 0);
                    default -> {
                        long rest = p.left() - p.left() / n * n;
                        long more = 1_000_000 - 1_000_000 / n * n;
                        add(sums, value, p, 1_000_000 / n + (last ? more : 0), p.left() / n + (last ? rest : 0));
                    }
                }
            }
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        sums.entrySet().stream()
                .filter(e -> e.getValue()[0] > 0)
                .sorted(Comparator.comparingLong((Map.Entry<List<String>, long[]> e) -> -e.getValue()[0])
                        .thenComparing(e -> e.getKey().get(0))
                        .thenComparing(e -> e.getKey().get(1)))
                .forEach(e -> rows.add(map(
                        "name",
                        e.getKey().get(0),
                        "currency",
                        e.getKey().get(1),
                        "conversions",
                        Math.round(e.getValue()[0] / 10_000.0) / 100.0,
                        "revenue",
                        e.getValue()[1])));
        return List.copyOf(rows);
    }

    private static void add(Map<List<String>, long[]> sums, String value, Converted p, long parts, long revenue) {
        long[] sum = sums.computeIfAbsent(List.of(value, p.currency()), k -> new long[2]);
        sum[0] += parts;
        sum[1] += revenue;
    }

    /** What an affiliate was paid. */
    record Paid(String slug, long time, long amount, String currency) {}

    static List<Paid> paid(long now) {
        long day = 86_400_000;
        return List.of(
                new Paid("bob", now - 3 * day, 700, "EUR"),
                new Paid("bob", now - 33 * day, 100, "EUR"),
                new Paid("eve", now - 10 * day, 900, "USD"));
    }

    /** Conversions, revenue, commission, refunded and paid. */
    private record Booked(long time, String currency, long... figures) {
        long due() {
            return figures[2] - figures[3] - figures[4];
        }
    }

    /** What happened, whenever that was. */
    private List<Booked> booked(String slug) {
        List<Booked> all = new ArrayList<>();
        for (Converted p : reference.everyConversion()) {
            if (!slug.equals(reference.credited(p))) {
                continue;
            }
            long whole = (p.amount() * PERCENT.get(slug) + 50) / 100;
            long left = (p.left() * PERCENT.get(slug) + 50) / 100;
            all.add(new Booked(p.time(), p.currency(), 1, p.amount(), whole, 0, 0));
            if (p.refunded()) {
                all.add(new Booked(p.time(), p.currency(), 0, 0, 0, whole, 0));
            } else if (p.back() > 0) {
                all.add(new Booked(p.backAt(calendar.now()), p.currency(), 0, 0, 0, whole - left, 0));
            }
        }
        paid(calendar.now()).stream()
                .filter(p -> p.slug().equals(slug))
                .forEach(p -> all.add(new Booked(p.time(), p.currency(), 0, 0, 0, 0, p.amount())));
        return all;
    }

    /** An affiliate's statement: a row for each month and currency of the period. */
    List<Object> statement(String slug) {
        List<Booked> booked = booked(slug);
        Map<String, List<Booked>> months = Reference.group(
                booked.stream().filter(b -> current.test(b.time())).toList(),
                b -> calendar.label(b.time(), "month") + " " + b.currency());
        List<Object> rows = new ArrayList<>();
        months.forEach((key, own) -> {
            String month = key.substring(0, 7);
            String currency = key.substring(8);
            long due = booked.stream()
                    .filter(b -> b.currency().equals(currency))
                    .filter(b -> calendar.before(b.time())
                            || current.test(b.time())
                                    && calendar.label(b.time(), "month").compareTo(month) <= 0)
                    .mapToLong(Booked::due)
                    .sum();
            rows.add(map(
                    "month", month,
                    "currency", currency,
                    "conversions", sum(own, 0),
                    "revenue", sum(own, 1),
                    "commission", sum(own, 2),
                    "refunded", sum(own, 3),
                    "paid", sum(own, 4),
                    "due", due));
        });
        return rows;
    }

    private static long sum(List<Booked> booked, int figure) {
        return booked.stream().mapToLong(b -> b.figures()[figure]).sum();
    }

    private List<Converted> credited(String slug) {
        return reference.conversions(current).stream()
                .filter(p -> slug.equals(reference.credited(p)))
                .toList();
    }

    private static long distinct(List<Sent> visits) {
        return visits.stream().map(Sent::visitor).distinct().count();
    }

    /** Both affiliates, the one with more revenue first, then more visits. */
    private List<String> ranked() {
        String currency = currency(reference.conversions(current));
        return PERCENT.keySet().stream()
                .sorted(Comparator.comparingLong((String s) -> -revenue(credited(s), currency))
                        .thenComparing(
                                s -> -reference.affiliateVisits(s, current).size())
                        .thenComparing(s -> s))
                .toList();
    }

    private Map<String, Object> row(String slug, String visitorsName) {
        List<Sent> visits = reference.affiliateVisits(slug, current);
        String currency = currency(reference.conversions(current));
        return map(
                "name",
                slug,
                "slug",
                slug,
                "visits",
                visits.size(),
                visitorsName,
                distinct(visits),
                "conversions",
                credited(slug).size(),
                "revenue",
                revenue(credited(slug), currency));
    }

    List<Object> affiliatePanel() {
        List<Object> rows = new ArrayList<>();
        ranked().forEach(slug -> rows.add(row(slug, "visitors")));
        return rows;
    }

    Map<String, Object> affiliates() {
        List<Sent> all = reference.affiliateVisits(null, current);
        String currency = currency(reference.conversions(current));
        long revenue = revenue(credited("bob"), currency) + revenue(credited("eve"), currency);
        Map<String, Object> expected = new LinkedHashMap<>();
        ranked().forEach(slug -> {
            String at = "affiliates." + ranked().indexOf(slug) + ".";
            row(slug, "unique_visitors").forEach((name, value) -> expected.put(at + name, value));
            List<Converted> own = credited(slug);
            expected.put(at + "commission", commission(slug, own, currency));
            expected.put(at + "revenues", revenues(slug, own));
        });
        expected.put(
                "totals",
                map(
                        "visits",
                        all.size(),
                        "unique_visitors",
                        distinct(all),
                        "conversions",
                        credited("bob").size() + credited("eve").size(),
                        "revenue",
                        revenue,
                        "commission",
                        commission("bob", credited("bob"), currency) + commission("eve", credited("eve"), currency),
                        "currency",
                        currency,
                        "revenues",
                        bothRevenues()));
        expected.put("timeSeries", visitSeries(all));
        return expected;
    }

    private List<Object> visitSeries(List<Sent> visits) {
        Map<String, List<Sent>> by = Reference.group(visits, s -> calendar.label(s.time(), calendar.interval()));
        TreeSet<String> labels = new TreeSet<>(by.keySet());
        labels.addAll(calendar.labels(calendar.interval()));
        List<Object> rows = new ArrayList<>();
        for (String label : labels) {
            List<Sent> list = by.getOrDefault(label, List.of());
            rows.add(map("date", label, "visits", list.size(), "unique_visitors", distinct(list)));
        }
        return rows;
    }

    Map<String, Object> affiliate(String slug) {
        List<Sent> visits = reference.affiliateVisits(slug, current);
        List<Converted> own = credited(slug);
        String currency = currency(own);
        long revenue = revenue(own, currency);
        double rate = distinct(visits) == 0 ? 0 : Math.round(10000.0 * own.size() / distinct(visits)) / 100.0;
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put(
                "stats",
                map(
                        "visits", visits.size(),
                        "uniqueVisitors", distinct(visits),
                        "conversions", own.size(),
                        "revenue", revenue,
                        "currency", currency,
                        "revenues", revenues(slug, own),
                        "conversionRate", rate,
                        "commission", commission(slug, own, currency)));
        expected.put("visitTimeSeries", visitSeries(visits));
        expected.put("convTimeSeries", series(own, currency));
        List<Map<String, Object>> pages = new ArrayList<>();
        Reference.group(visits, Sent::path)
                .forEach(
                        (path, list) -> pages.add(map("name", path, "count", list.size(), "visitors", distinct(list))));
        pages.sort(Comparator.comparingInt(row -> -(Integer) row.get("count")));
        expected.put("landingPages", pages);
        return expected;
    }

    List<String> ids() {
        return reference.conversions(current).stream().map(Converted::id).toList();
    }
}
