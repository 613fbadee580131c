package io.millrace.dashboard;

import io.millrace.dashboard.History.Paid;
import io.millrace.dashboard.History.Sent;
import io.millrace.dashboard.Reference.Count;
import io.millrace.engine.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The reports as the reference has them, in the words of the wire. */
final class ReferenceReports {
    private static final Map<String, Double> RATES = Map.of("bob", 0.1, "eve", 0.25);
    private final Reference reference;
    private final Calendar calendar;
    private final Predicate<Long> current;

    ReferenceReports(Reference reference, Calendar calendar) {
        this.reference = reference;
        this.calendar = calendar;
        this.current = calendar.current();
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static double rate(Count c) {
        return c.visits.isEmpty() ? 0 : tenths(100.0 * c.bounces() / c.visits.size());
    }

    private static long duration(Count c) {
        return c.visits.isEmpty() ? 0 : Math.round((double) c.seconds() / c.visits.size());
    }

    private static Object change(double now, double before) {
        return before == 0 ? null : tenths(100.0 * (now - before) / before);
    }

    private static double exactRate(Count c) {
        return c.visits.isEmpty() ? 0 : (double) c.bounces() / c.visits.size();
    }

    private static double exactDuration(Count c) {
        return c.visits.isEmpty() ? 0 : (double) c.seconds() / c.visits.size();
    }

    private static Map<String, Object> totals(Count c) {
        return map(
                "visitors", c.visitors.size(),
                "sessions", c.visits.size(),
                "pageViews", c.views,
                "bounceRate", rate(c),
                "avgDuration", duration(c));
    }

    Map<String, Object> overview() {
        Count now = reference.total(current);
        Count before = reference.total(calendar.previous());
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("current", totals(now));
        expected.put("previous", totals(before));
        expected.put(
                "changes",
                map(
                        "visitors", change(now.visitors.size(), before.visitors.size()),
                        "sessions", change(now.visits.size(), before.visits.size()),
                        "pageViews", change(now.views, before.views),
                        "bounceRate", change(exactRate(now), exactRate(before)),
                        "avgDuration", change(exactDuration(now), exactDuration(before))));
        expected.put("timeSeries", series(calendar.interval()));
        expected.put("sources", panel("source", c -> (long) c.visits.size(), "sessions", true));
        expected.put("pages", pages());
        expected.put("entryPages", panel("entry_page", c -> (long) c.visits.size(), "sessions", true));
        expected.put("exitPages", panel("exit_page", c -> (long) c.visits.size(), "sessions", false));
        expected.put("countries", panel("country", c -> (long) c.visits.size(), "count", false));
        expected.put("devices", panel("device", c -> (long) c.visits.size(), "count", false));
        expected.put("conversions", conversions(now));
        expected.put("affiliates", affiliatePanel());
        return expected;
    }

    List<Object> series(String interval) {
        Map<String, Count> groups = reference.groups(current, (h, at) -> calendar.label(at, interval));
        TreeSet<String> labels = new TreeSet<>(groups.keySet());
        labels.addAll(calendar.labels(interval));
        List<Object> rows = new ArrayList<>();
        for (String label : labels) {
            Count c = groups.getOrDefault(label, new Count());
            rows.add(map(
                    "date", label,
                    "visitors", c.visitors.size(),
                    "sessions", c.visits.size(),
                    "page_views", c.views,
                    "bounce_rate", rate(c),
                    "avg_duration", duration(c)));
        }
        return rows;
    }

    private Map<String, Count> by(String dimension) {
        return reference.groups(current, (h, at) -> {
            String value = Reference.value(dimension, h);
            return value == null ? "(none)" : value;
        });
    }

    private static List<Map.Entry<String, Count>> most(Map<String, Count> groups, Function<Count, Long> by) {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Count> e) -> -by.apply(e.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private List<Object> panel(String dimension, Function<Count, Long> by, String name, boolean rate) {
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : most(by(dimension), by)) {
            Count c = e.getValue();
            Map<String, Object> row = map("name", e.getKey(), name, c.visits.size(), "visitors", c.visitors.size());
            if (rate) {
                row.put("bounce_rate", rate(c));
            }
            rows.add(row);
        }
        return rows;
    }

    private List<Object> pages() {
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : most(by("page"), c -> c.views)) {
            if (e.getValue().views > 0) {
                rows.add(map(
                        "name",
                        e.getKey(),
                        "views",
                        e.getValue().views,
                        "visitors",
                        e.getValue().visitors.size()));
            }
        }
        return rows;
    }

    List<Object> breakdown(String dimension) {
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : most(by(dimension), c -> (long) c.visitors.size())) {
            Count c = e.getValue();
            rows.add(map(
                    "name", e.getKey(),
                    "visitors", c.visitors.size(),
                    "sessions", c.visits.size(),
                    "page_views", c.views,
                    "events", c.events,
                    "bounce_rate", rate(c),
                    "avg_duration", duration(c)));
        }
        return rows;
    }

    List<Object> query() {
        Map<String, Count> groups = reference.groups(
                current, (h, at) -> Reference.value("source", h) + "\t" + Reference.value("device", h));
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : most(groups, c -> (long) c.visitors.size())) {
            Count c = e.getValue();
            rows.add(map(
                    "source", e.getKey().split("\t")[0],
                    "device", e.getKey().split("\t")[1],
                    "visitors", c.visitors.size(),
                    "sessions", c.visits.size(),
                    "page_views", c.views,
                    "bounce_rate", rate(c),
                    "avg_duration", duration(c)));
        }
        return rows;
    }

    Map<String, Object> line(Site site) {
        Count c = reference.total(current);
        List<Object> views = new ArrayList<>();
        series(calendar.interval()).forEach(row -> views.add(((Map<?, ?>) row).get("page_views")));
        return map(
                "id", site.id(),
                "domain", site.domain(),
                "name", site.name(),
                "timezone", site.zone().getId(),
                "live", reference.live(calendar.now()),
                "visitors", c.visitors.size(),
                "sessions", c.visits.size(),
                "pageViews", c.views,
                "sparkline", views);
    }

    private static String currency(List<Paid> payments) {
        Map<String, List<Paid>> by = Reference.group(payments, Paid::currency);
        String best = null;
        for (String c : by.keySet()) {
            best = best == null || by.get(c).size() > by.get(best).size() ? c : best;
        }
        return best;
    }

    private static long revenue(List<Paid> payments, String currency) {
        return payments.stream()
                .filter(p -> p.currency().equals(currency))
                .mapToLong(Paid::amount)
                .sum();
    }

    private static List<Object> revenues(List<Paid> payments) {
        List<Object> rows = new ArrayList<>();
        Reference.group(payments, Paid::currency)
                .forEach((c, list) -> rows.add(map("currency", c, "revenue", revenue(list, c))));
        return rows;
    }

    private Map<String, Object> conversions(Count now) {
        List<Paid> payments = reference.payments(current);
        String currency = currency(payments);
        long inIt = payments.stream().filter(p -> p.currency().equals(currency)).count();
        Map<String, Object> totals = map(
                "conversions",
                payments.size(),
                "revenue",
                revenue(payments, currency),
                "currency",
                currency,
                "revenues",
                revenues(payments),
                "avgValue",
                inIt == 0 ? 0 : Math.round((double) revenue(payments, currency) / inIt),
                "conversionRate",
                now.visits.isEmpty() ? 0 : Math.round(10000.0 * payments.size() / now.visits.size()) / 100.0);
        List<Map<String, Object>> sources = new ArrayList<>();
        Reference.group(payments, this::source)
                .forEach((source, list) -> sources.add(
                        map("name", source, "conversions", list.size(), "revenue", revenue(list, currency))));
        sources.sort(Comparator.comparingInt(row -> -(Integer) row.get("conversions")));
        return map("totals", totals, "bySource", sources, "timeSeries", paymentSeries(payments, currency));
    }

    private String source(Paid paid) {
        return reference.visit(paid) == null ? "(none)" : reference.visit(paid).source();
    }

    private List<Object> paymentSeries(List<Paid> payments, String currency) {
        Map<String, List<Paid>> by = Reference.group(payments, p -> calendar.label(p.time(), calendar.interval()));
        TreeSet<String> labels = new TreeSet<>(by.keySet());
        labels.addAll(calendar.labels(calendar.interval()));
        List<Object> rows = new ArrayList<>();
        for (String label : labels) {
            List<Paid> list = by.getOrDefault(label, List.of());
            rows.add(map("date", label, "conversions", list.size(), "revenue", revenue(list, currency)));
        }
        return rows;
    }

    private List<Paid> credited(String slug) {
        return reference.payments(current).stream()
                .filter(p -> slug.equals(reference.credited(p)))
                .toList();
    }

    private static long distinct(List<Sent> visits) {
        return visits.stream().map(Sent::visitor).distinct().count();
    }

    /** Both affiliates, the one with more revenue first, then more visits. */
    private List<String> ranked() {
        String currency = currency(reference.payments(current));
        return RATES.keySet().stream()
                .sorted(Comparator.comparingLong((String s) -> -revenue(credited(s), currency))
                        .thenComparing(
                                s -> -reference.affiliateVisits(s, current).size())
                        .thenComparing(s -> s))
                .toList();
    }

    private Map<String, Object> row(String slug, String visitorsName) {
        List<Sent> visits = reference.affiliateVisits(slug, current);
        String currency = currency(reference.payments(current));
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

    private List<Object> affiliatePanel() {
        List<Object> rows = new ArrayList<>();
        ranked().forEach(slug -> rows.add(row(slug, "visitors")));
        return rows;
    }

    Map<String, Object> affiliates() {
        List<Sent> all = reference.affiliateVisits(null, current);
        String currency = currency(reference.payments(current));
        long revenue = revenue(credited("bob"), currency) + revenue(credited("eve"), currency);
        Map<String, Object> expected = new LinkedHashMap<>();
        ranked().forEach(slug -> {
            String at = "affiliates." + ranked().indexOf(slug) + ".";
            row(slug, "unique_visitors").forEach((name, value) -> expected.put(at + name, value));
            long own = revenue(credited(slug), currency);
            expected.put(at + "commission", Math.round(own * RATES.get(slug)));
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
                        "currency",
                        currency));
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
        List<Paid> own = credited(slug);
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
                        "revenues", revenues(own),
                        "conversionRate", rate,
                        "commission", Math.round(revenue * RATES.get(slug))));
        expected.put("visitTimeSeries", visitSeries(visits));
        expected.put("convTimeSeries", paymentSeries(own, currency));
        List<Map<String, Object>> pages = new ArrayList<>();
        Reference.group(visits, Sent::path)
                .forEach(
                        (path, list) -> pages.add(map("name", path, "count", list.size(), "visitors", distinct(list))));
        pages.sort(Comparator.comparingInt(row -> -(Integer) row.get("count")));
        expected.put("landingPages", pages);
        return expected;
    }

    List<String> paymentIds() {
        return reference.payments(current).stream().map(Paid::id).toList();
    }

    Map<String, Object> flow(int depth, int topN) {
        List<List<String>> journeys = reference.journeys(current);
        Map<String, Integer> entries = new TreeMap<>();
        journeys.forEach(j -> entries.merge(j.get(0), 1, Integer::sum));
        List<Map<String, Object>> options = new ArrayList<>();
        entries.forEach((path, n) -> options.add(map("pathname", path, "visitors", n)));
        options.sort(Comparator.comparingInt(row -> -(Integer) row.get("visitors")));
        Object root = null;
        if (!options.isEmpty()) {
            String path = (String) options.get(0).get("pathname");
            List<List<String>> rests = new ArrayList<>();
            journeys.stream()
                    .filter(j -> j.contains(path))
                    .forEach(j -> rests.add(j.subList(j.indexOf(path), j.size())));
            root = node(path, rests, depth, topN);
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("root", root);
        expected.put("totalVisitors", journeys.size());
        expected.put("entryOptions", options);
        return expected;
    }

    private static Map<String, Object> node(String path, List<List<String>> here, int depth, int topN) {
        Map<String, List<List<String>>> next = new TreeMap<>();
        for (List<String> rest : here) {
            if (depth > 1 && rest.size() > 1) {
                next.computeIfAbsent(rest.get(1), p -> new ArrayList<>()).add(rest.subList(1, rest.size()));
            }
        }
        List<Map<String, Object>> children = new ArrayList<>();
        next.forEach((p, rests) -> children.add(node(p, rests, depth - 1, topN)));
        children.sort(Comparator.comparingInt(row -> -(Integer) row.get("visitors")));
        return map(
                "pathname", path,
                "visitors", here.size(),
                "children", children.subList(0, Math.min(topN, children.size())));
    }

    /** The visits of a visitor: how many pages, how long, where they began and ended. */
    List<Object> journey(String visitor) {
        List<Object> rows = new ArrayList<>();
        for (Reference.Visit v : reference.visitsOf(visitor)) {
            rows.add(List.of(
                    v.pages().size(),
                    v.seconds(),
                    String.valueOf(v.entry()),
                    String.valueOf(v.exit()),
                    v.bounce(),
                    new HashSet<>(v.pages().stream().map(Sent::path).toList()).size()));
        }
        return rows;
    }

    /** The same of an answer. */
    static List<Object> journey(Client.Answer answer) {
        List<Object> rows = new ArrayList<>();
        for (Object session : (List<?>) answer.at("sessions")) {
            Map<?, ?> s = (Map<?, ?>) session;
            List<Object> paths = new ArrayList<>();
            ((List<?>) s.get("pageViews")).forEach(p -> paths.add(((Map<?, ?>) p).get("pathname")));
            rows.add(List.of(
                    s.get("page_count"),
                    s.get("duration"),
                    String.valueOf(s.get("entry_page")),
                    String.valueOf(s.get("exit_page")),
                    s.get("is_bounce"),
                    new HashSet<>(paths).size()));
        }
        return rows;
    }
}
