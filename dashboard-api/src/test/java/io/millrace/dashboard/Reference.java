package io.millrace.dashboard;

import io.millrace.dashboard.History.Converted;
import io.millrace.dashboard.History.Sent;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every figure again, straight from what was sent: no engine, no storage, no code of the reports. */
final class Reference {
    private static final long GAP = Duration.ofMinutes(30).toMillis();
    private static final long LONGEST = Duration.ofHours(24).toMillis();

    /** A visit, gathered from its hits. */
    static final class Visit {
        final List<Sent> hits = new ArrayList<>();
        final Map<String, Sent> affiliates = new LinkedHashMap<>();

        Sent first() {
            return hits.get(0);
        }

        String visitor() {
            return first().visitor();
        }

        List<Sent> pages() {
            return hits.stream().filter(h -> h.event() == null).toList();
        }

        boolean bounce() {
            return hits.size() == 1 && pages().size() == 1 && first().read() < 10_000;
        }

        long seconds() {
            return (hits.get(hits.size() - 1).time() - first().time()) / 1000;
        }

        String entry() {
            return pages().isEmpty() ? null : pages().get(0).path();
        }

        String exit() {
            return pages().isEmpty() ? null : pages().get(pages().size() - 1).path();
        }

        String source() {
            return first().source() == null ? "Direct" : first().source();
        }

        String device() {
            int width = first().width();
            return width < 768 ? "mobile" : width < 1024 ? "tablet" : "desktop";
        }
    }

    /** A hit in its visit. */
    record Hit(Visit visit, Sent sent) {}

    /** A filter as it is sent: a parameter and its values. */
    record Where(String parameter, List<String> values) {
        private boolean test(Hit hit) {
            if (parameter.equals("segment")) {
                return SEGMENT.stream().allMatch(where -> where.test(hit));
            }
            List<String> wanted =
                    values.stream().filter(v -> !v.startsWith("!")).toList();
            List<String> unwanted = values.stream()
                    .filter(v -> v.startsWith("!"))
                    .map(v -> v.substring(1))
                    .toList();
            List<String> found = values(parameter, hit);
            return (wanted.isEmpty() || found.stream().anyMatch(v -> fits(wanted, v)))
                    && found.stream().noneMatch(v -> fits(unwanted, v));
        }

        /** Page views have the events of their visit, beside having none of their own. */
        private static List<String> values(String parameter, Hit hit) {
            if (parameter.equals("goal")) {
                return GOALS.stream()
                        .filter(goal -> hit.visit().hits.stream().anyMatch(h -> completes(goal, h)))
                        .toList();
            }
            List<String> found = new ArrayList<>();
            found.add(value(parameter, hit));
            if (parameter.equals("event") && hit.sent().event() == null) {
                hit.visit().hits.stream()
                        .map(Sent::event)
                        .filter(Objects::nonNull)
                        .forEach(found::add);
            }
            return found;
        }

        private static boolean fits(List<String> patterns, String value) {
            String text = value == null ? "(none)" : value;
            return patterns.stream().anyMatch(p -> text.matches(Pattern.quote(p).replace("*", "\\E.*\\Q")));
        }
    }

    /** The segment of the site, "Docs or home from some". */
    private static final List<Where> SEGMENT =
            List.of(new Where("page", List.of("/docs/*", "/")), new Where("country", List.of("DE", "I*")));

    /** The goals of the site. */
    static final List<String> GOALS = List.of("Docs", "Signup");

    /** Whether a hit completes a goal: a page below /docs, or the event. */
    static boolean completes(String goal, Sent hit) {
        return goal.equals("Docs")
                ? hit.event() == null && hit.path().startsWith("/docs/")
                : "signup".equals(hit.event());
    }

    static String value(String name, Hit hit) {
        return switch (name) {
            case "page" -> hit.sent().path();
            case "event" -> hit.sent().event();
            case "entry_page" -> hit.visit().entry();
            case "exit_page" -> hit.visit().exit();
            case "source" -> hit.visit().source();
            case "country" -> hit.visit().first().country();
            case "device" -> hit.visit().device();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private final History history;
    private final Map<String, Long> windows;
    private final List<Visit> visits = new ArrayList<>();
    private final List<Hit> hits = new ArrayList<>();
    private List<Where> filters = List.of();

    /**
     * @param windows of each affiliate, milliseconds
     */
    Reference(History history, Map<String, Long> windows) {
        this.history = history;
        this.windows = windows;
        Map<String, Visit> open = new HashMap<>();
        for (Sent sent : history.sent()) {
            String key = sent.visitor() + " " + sent.session();
            Visit visit = open.get(key);
            if (visit == null || ended(visit, sent.time())) {
                visit = new Visit();
                visits.add(visit);
                open.put(key, visit);
            }
            visit.hits.add(sent);
            hits.add(new Hit(visit, sent));
            if (sent.ref() != null) {
                visit.affiliates.putIfAbsent(sent.ref(), sent);
            }
        }
    }

    private static boolean ended(Visit visit, long time) {
        long last = visit.hits.get(visit.hits.size() - 1).time();
        return time > last + GAP || time >= visit.first().time() + LONGEST;
    }

    Reference where(List<Where> filters) {
        this.filters = filters;
        return this;
    }

    private boolean selected(Hit hit) {
        return filters.stream().allMatch(f -> f.test(hit));
    }

    private boolean selected(Visit visit) {
        return visit.hits.stream().anyMatch(h -> selected(new Hit(visit, h)));
    }

    /** Visits that have, at any time, a hit that the filters select. */
    List<Visit> selectedVisits() {
        return visits.stream().filter(this::selected).toList();
    }

    /** The hits of a time that the filters select. */
    List<Hit> hits(Predicate<Long> time) {
        return hits.stream()
                .filter(h -> time.test(h.sent().time()) && selected(h))
                .toList();
    }

    /** What a group of hits and the visits that started in the period come to. */
    static final class Count {
        final Set<String> visitors = new LinkedHashSet<>();
        final Set<Visit> visits = new LinkedHashSet<>();
        final List<Sent> measured = new ArrayList<>();
        long views;
        long events;

        long bounces() {
            return visits.stream().filter(Visit::bounce).count();
        }

        long seconds() {
            return visits.stream().mapToLong(Visit::seconds).sum();
        }
    }

    Count total(Predicate<Long> time) {
        return groups(time, (h, at) -> "").getOrDefault("", new Count());
    }

    /** A key of a hit, and of its visit when the visit's start is asked for. */
    interface By {
        String of(Hit hit, long at);
    }

    Map<String, Count> groups(Predicate<Long> time, By by) {
        Map<String, Count> groups = new TreeMap<>();
        for (Hit hit : hits) {
            if (!selected(hit)) {
                continue;
            }
            Sent sent = hit.sent();
            if (time.test(sent.time())) {
                Count count = groups.computeIfAbsent(by.of(hit, sent.time()), k -> new Count());
                count.visitors.add(sent.visitor());
                count.views += sent.event() == null ? 1 : 0;
                if (sent.measured()) {
                    count.measured.add(sent);
                }
                count.events += sent.event() == null ? 0 : 1;
            }
            long start = hit.visit().first().time();
            if (time.test(start)) {
                groups.computeIfAbsent(by.of(hit, start), k -> new Count())
                        .visits
                        .add(hit.visit());
            }
        }
        return groups;
    }

    /** The first month, {@code YYYY-MM}, that has anything; null: there is nothing. */
    String firstMonth(ZoneId zone) {
        return groups(
                        t -> true,
                        (h, at) -> YearMonth.from(Instant.ofEpochMilli(at).atZone(zone))
                                .toString())
                .keySet()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The visit that a conversion is linked to. */
    Visit visit(Converted converted) {
        return visits.stream()
                .filter(v ->
                        v.visitor().equals(converted.visitor()) && v.first().time() <= converted.time())
                .reduce((a, b) -> b.first().time() >= a.first().time() ? b : a)
                .orElse(null);
    }

    /** The visits of a conversion's visitor up to the one that it is linked to. */
    List<Visit> path(Converted converted) {
        Visit linked = visit(converted);
        return linked == null
                ? List.of()
                : visitsOf(converted.visitor()).stream()
                        .filter(v -> v.first().time() <= linked.first().time())
                        .toList();
    }

    /** All that was paid, whatever the filters and whatever became of it. */
    List<Converted> everyConversion() {
        return history.converted();
    }

    /** Completed conversions of a time, newest first. */
    List<Converted> conversions(Predicate<Long> time) {
        return history.converted().stream()
                .filter(p -> p.counts() && time.test(p.time()))
                .filter(p -> filters.isEmpty() || visit(p) != null && selected(visit(p)))
                .sorted(Comparator.comparingLong(Converted::time).reversed())
                .toList();
    }

    /** Who a conversion is credited to, or null. */
    String credited(Converted converted) {
        String best = null;
        long latest = Long.MIN_VALUE;
        for (Visit visit : visits) {
            for (Map.Entry<String, Sent> touch : visit.affiliates.entrySet()) {
                long at = touch.getValue().time();
                boolean counts = visit.visitor().equals(converted.visitor())
                        && at <= converted.time()
                        && converted.time() - at <= windows.get(touch.getKey());
                if (counts && at > latest) {
                    best = touch.getKey();
                    latest = at;
                }
            }
        }
        return best;
    }

    /** Affiliate visits of a time: the landing beacon of each. */
    List<Sent> affiliateVisits(String slug, Predicate<Long> time) {
        return visits.stream()
                .filter(v -> filters.isEmpty() || selected(v))
                .flatMap(v -> v.affiliates.entrySet().stream())
                .filter(e -> slug == null || e.getKey().equals(slug))
                .map(Map.Entry::getValue)
                .filter(s -> time.test(s.time()))
                .toList();
    }

    /** What stands in a journey for an event. */
    static final String EVENT = "(event)";

    /** The journeys of a time, each visitor's pages without immediate repeats, with the events of a name, or null, among them. */
    List<List<String>> journeys(Predicate<Long> time, String event) {
        Map<String, List<String>> journeys = new TreeMap<>();
        Map<String, String> before = new HashMap<>();
        for (Hit hit : hits(time)) {
            String visitor = hit.sent().visitor();
            boolean page = hit.sent().event() == null;
            if (page && !hit.sent().path().equals(before.put(visitor, hit.sent().path()))) {
                journeys.computeIfAbsent(visitor, v -> new ArrayList<>())
                        .add(hit.sent().path());
            } else if (!page && hit.sent().event().equals(event)) {
                journeys.computeIfAbsent(visitor, v -> new ArrayList<>()).add(EVENT);
            }
        }
        return List.copyOf(journeys.values());
    }

    /** Visitors with anything in the last five minutes. */
    long live(long now) {
        return history.sent().stream()
                .filter(s -> now - s.time() <= 300_000)
                .map(Sent::visitor)
                .distinct()
                .count();
    }

    List<Visit> visitsOf(String visitor) {
        return visits.stream().filter(v -> v.visitor().equals(visitor)).toList();
    }

    static <T> Map<String, List<T>> group(List<T> all, Function<T, String> by) {
        return all.stream()
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
    }
}
