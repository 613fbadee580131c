package io.millrace.dashboard;

import io.millrace.dashboard.History.Sent;
import io.millrace.dashboard.Reference.Count;
import io.millrace.engine.Site;
import java.util.ArrayList;
import java.util.Collections;
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
import java.util.function.ToDoubleFunction;

/** The reports as the reference has them, in the words of the wire. */
final class ReferenceReports {
    private final Reference reference;
    private final Calendar calendar;
    private final Predicate<Long> current;

    /** The conversions, and who brought them. */
    final ReferenceConversions conversions;

    /** Funnels and retention. */
    final ReferenceHistories histories;

    ReferenceReports(Reference reference, Calendar calendar) {
        this.reference = reference;
        this.calendar = calendar;
        this.current = calendar.current();
        this.conversions = new ReferenceConversions(reference, calendar);
        this.histories = new ReferenceHistories(reference, calendar);
    }

    static Map<String, Object> map(Object... namesAndValues) {
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
        expected.put("conversions", conversions.conversions(now));
        expected.put("affiliates", conversions.affiliatePanel());
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

    private static Long timeOnPage(Count c) {
        return c.measured.isEmpty() ? null : (Long) Math.round(exactTimeOnPage(c) / 1000);
    }

    private static Double scrollDepth(Count c) {
        return c.measured.isEmpty() ? null : (Double) tenths(exactScrollDepth(c));
    }

    private static double exactTimeOnPage(Count c) {
        return c.measured.stream().mapToInt(Sent::read).average().orElse(0);
    }

    private static double exactScrollDepth(Count c) {
        return c.measured.stream().mapToInt(Sent::scroll).average().orElse(0);
    }

    /** What rows can be sorted by beside their names, before anything is rounded. */
    static final Map<String, ToDoubleFunction<Count>> EXACT = Map.of(
            "visitors",
            c -> c.visitors.size(),
            "sessions",
            c -> c.visits.size(),
            "page_views",
            c -> c.views,
            "events",
            c -> c.events,
            "bounce_rate",
            ReferenceReports::exactRate,
            "avg_duration",
            ReferenceReports::exactDuration,
            "time_on_page",
            ReferenceReports::exactTimeOnPage,
            "scroll_depth",
            ReferenceReports::exactScrollDepth);

    /** @param column by which the rows are ordered, those that are alike by their names */
    private static List<Map.Entry<String, Count>> sorted(Map<String, Count> groups, String column, boolean ascending) {
        Comparator<Map.Entry<String, Count>> byName = Map.Entry.comparingByKey();
        Comparator<Map.Entry<String, Count>> order = column.equals("name")
                ? byName
                : Comparator.comparingDouble(e -> EXACT.get(column).applyAsDouble(e.getValue()));
        return groups.entrySet().stream()
                .sorted((ascending ? order : order.reversed()).thenComparing(byName))
                .toList();
    }

    List<Object> breakdown(String dimension, String column, boolean ascending) {
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : sorted(by(dimension), column, ascending)) {
            Count c = e.getValue();
            Map<String, Object> row = map(
                    "name", e.getKey(),
                    "visitors", c.visitors.size(),
                    "sessions", c.visits.size(),
                    "page_views", c.views,
                    "events", c.events,
                    "bounce_rate", rate(c),
                    "avg_duration", duration(c));
            if (dimension.equals("page")) {
                row.put("time_on_page", timeOnPage(c));
                row.put("scroll_depth", scrollDepth(c));
            }
            rows.add(row);
        }
        return rows;
    }

    /** What completes a goal: by the dimension, or under "" where that is null. */
    private Map<String, List<Reference.Hit>> completing(String goal, String dimension) {
        return Reference.group(
                reference.hits(current).stream()
                        .filter(h -> Reference.completes(goal, h.sent()))
                        .toList(),
                h -> dimension == null ? "" : String.valueOf(Reference.value(dimension, h)));
    }

    private static long visitors(List<Reference.Hit> hits) {
        return hits.stream().map(h -> h.sent().visitor()).distinct().count();
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.round(10_000.0 * part / whole) / 100.0;
    }

    /** Visitors, completions and rate of a goal. */
    List<Object> goal(String goal) {
        List<Reference.Hit> hits = completing(goal, null).getOrDefault("", List.of());
        long visitors = visitors(hits);
        return List.of(
                visitors,
                (long) hits.size(),
                share(visitors, reference.total(current).visitors.size()));
    }

    List<Object> goalBy(String goal, String dimension) {
        Map<String, Count> all = by(dimension);
        List<Map<String, Object>> rows = new ArrayList<>();
        completing(goal, dimension).forEach((value, hits) -> {
            String name = value.equals("null") ? "(none)" : value;
            int whole = all.get(name).visitors.size();
            rows.add(map(
                    "name",
                    name,
                    "visitors",
                    (int) visitors(hits),
                    "completions",
                    hits.size(),
                    "all",
                    whole,
                    "rate",
                    share(visitors(hits), whole)));
        });
        rows.sort(Comparator.comparingInt((Map<String, Object> row) -> -(Integer) row.get("visitors"))
                .thenComparing(row -> row.get("name").equals("(none)") ? "" : (String) row.get("name")));
        return List.copyOf(rows);
    }

    List<Object> query(String column, boolean ascending) {
        Map<String, Count> groups = reference.groups(
                current, (h, at) -> Reference.value("source", h) + "\t" + Reference.value("device", h));
        List<Object> rows = new ArrayList<>();
        for (Map.Entry<String, Count> e : sorted(groups, column, ascending)) {
            Count c = e.getValue();
            rows.add(map(
                    "source", e.getKey().split("\t")[0],
                    "device", e.getKey().split("\t")[1],
                    "visitors", c.visitors.size(),
                    "sessions", c.visits.size(),
                    "page_views", c.views,
                    "events", c.events,
                    "bounce_rate", rate(c),
                    "avg_duration", duration(c),
                    "time_on_page", timeOnPage(c),
                    "scroll_depth", scrollDepth(c)));
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

    /** @param event the root; null: the commonest first page, backward the commonest last one */
    Map<String, Object> flow(int depth, int topN, boolean backward, String event) {
        List<List<String>> journeys = reference.journeys(current, event);
        List<List<String>> seen = journeys.stream()
                .map(ReferenceReports::pages)
                .filter(j -> !j.isEmpty())
                .toList();
        Map<String, Integer> entries = new TreeMap<>();
        seen.forEach(j -> entries.merge(j.get(backward ? j.size() - 1 : 0), 1, Integer::sum));
        List<Map<String, Object>> options = new ArrayList<>();
        entries.forEach((path, n) -> options.add(map("pathname", path, "visitors", n)));
        options.sort(Comparator.comparingInt(row -> -(Integer) row.get("visitors")));
        String commonest = options.isEmpty() ? null : (String) options.get(0).get("pathname");
        String root = event == null ? commonest : Reference.EVENT;
        List<List<String>> rests = new ArrayList<>();
        journeys.stream().filter(j -> j.contains(root)).forEach(j -> rests.add(rest(j, root, backward)));
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("root", rests.isEmpty() ? null : node(event == null ? root : event, rests, depth, topN));
        expected.put("totalVisitors", seen.size());
        expected.put("entryOptions", options);
        return expected;
    }

    private static List<String> pages(List<String> journey) {
        return journey.stream().filter(step -> !step.equals(Reference.EVENT)).toList();
    }

    /** The root, and the pages that a journey has behind where it first reaches it, or before, the nearest first. */
    private static List<String> rest(List<String> journey, String root, boolean backward) {
        int at = journey.indexOf(root);
        List<String> pages =
                new ArrayList<>(pages(backward ? journey.subList(0, at) : journey.subList(at + 1, journey.size())));
        if (backward) {
            Collections.reverse(pages);
        }
        pages.add(0, root);
        return pages;
    }

    private static Map<String, Object> node(String path, List<List<String>> here, int depth, int topN) {
        Map<String, List<List<String>>> next = new TreeMap<>();
        for (List<String> rest : here) {
            if (depth > 1 && rest.size() > 1) {
                next.computeIfAbsent(rest.get(1), p -> new ArrayList<>()).add(rest.subList(1, rest.size()));
            }
        }
        List<Map<String, Object>> all = new ArrayList<>();
        next.forEach((p, rests) -> all.add(node(p, rests, depth - 1, topN)));
        all.sort(Comparator.comparingInt(row -> -(Integer) row.get("visitors")));
        List<Map<String, Object>> children = all.subList(0, Math.min(topN, all.size()));
        int exits = (int) here.stream().filter(rest -> rest.size() == 1).count();
        int inChildren =
                children.stream().mapToInt(row -> (Integer) row.get("visitors")).sum();
        return map(
                "pathname",
                path,
                "visitors",
                here.size(),
                "exits",
                exits,
                "others",
                here.size() - exits - inChildren,
                "children",
                children);
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
