package io.millrace.dashboard;

import io.millrace.dashboard.Reference.Hit;
import io.millrace.dashboard.Reference.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Funnels and retention as the reference has them: every visitor's history is looked at, whatever it costs. */
final class ReferenceHistories {
    private static final long DAY = 86_400_000;
    private static final int MOST_SPANS = 60;

    /**
     * What takes a step.
     *
     * @param kind {@code page}, {@code event} or {@code goal}
     */
    record Step(String kind, String value) {
        private boolean takes(Hit hit) {
            return switch (kind) {
                case "page" ->
                    hit.sent().event() == null
                            && (value.equals("/docs/*")
                                    ? hit.sent().path().startsWith("/docs/")
                                    : hit.sent().path().equals(value));
                case "event" -> value.equals(hit.sent().event());
                default -> Reference.completes(value, hit.sent());
            };
        }
    }

    /** @param days of the window; 0: within a visit */
    record Funnel(List<Step> steps, boolean strict, int days) {
        private static final List<Step> STEPS = List.of(
                new Step("page", "/"),
                new Step("page", "/docs/*"),
                new Step("page", "/pricing"),
                new Step("event", "signup"),
                new Step("goal", "Docs"),
                new Step("goal", "Signup"));

        static Funnel random(Random random) {
            List<Step> steps = new ArrayList<>();
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                steps.add(History.any(random, STEPS));
            }
            return new Funnel(steps, random.nextInt(3) == 0, History.any(random, List.of(0, 0, 1, 3, 30)));
        }

        String json(String name) {
            List<String> all = steps.stream()
                    .map(s -> "{\"" + s.kind() + "\":\"" + s.value() + "\"}")
                    .toList();
            return "{\"name\":\"" + name + "\",\"strict\":" + strict + ",\"days\":" + days + ",\"steps\":["
                    + String.join(",", all) + "]}";
        }
    }

    private final Reference reference;
    private final Calendar calendar;

    ReferenceHistories(Reference reference, Calendar calendar) {
        this.reference = reference;
        this.calendar = calendar;
    }

    /** The way of each visitor who took the first step. */
    private List<List<Hit>> ways(Funnel funnel) {
        Map<String, List<Hit>> ofVisitors = Reference.group(
                reference.hits(calendar.current()), h -> h.sent().visitor());
        List<List<Hit>> ways = new ArrayList<>();
        for (List<Hit> hits : ofVisitors.values()) {
            List<Hit> furthest = List.of();
            for (List<Hit> stretch : funnel.days() == 0 ? visits(hits) : List.of(hits)) {
                List<Hit> way = way(funnel, stretch);
                furthest = way.size() > furthest.size() ? way : furthest;
            }
            if (!furthest.isEmpty()) {
                ways.add(furthest);
            }
        }
        return ways;
    }

    private static List<List<Hit>> visits(List<Hit> hits) {
        Map<Visit, List<Hit>> visits = new LinkedHashMap<>();
        hits.forEach(
                h -> visits.computeIfAbsent(h.visit(), v -> new ArrayList<>()).add(h));
        return visits.values().stream()
                .sorted(Comparator.comparingLong(
                        visit -> visit.get(0).visit().first().time()))
                .toList();
    }

    private static List<Hit> way(Funnel funnel, List<Hit> hits) {
        for (int steps = funnel.steps().size(); steps > 0; steps--) {
            for (int last = 0; last < hits.size(); last++) {
                List<Integer> way = back(
                        funnel, hits, steps - 1, last, hits.get(last).sent().time());
                if (way != null) {
                    return way.stream().map(hits::get).toList();
                }
            }
        }
        return List.of();
    }

    /** Places of hits that take the steps up to one, which that at a place takes, the latest that can be; null: there are none. */
    private static List<Integer> back(Funnel funnel, List<Hit> hits, int step, int at, long end) {
        boolean early = funnel.days() > 0 && end - hits.get(at).sent().time() > funnel.days() * DAY;
        if (early || !funnel.steps().get(step).takes(hits.get(at))) {
            return null;
        }
        if (step == 0) {
            return new ArrayList<>(List.of(at));
        }
        for (int before = at - 1; before >= 0 && (!funnel.strict() || before == at - 1); before--) {
            List<Integer> way = back(funnel, hits, step - 1, before, end);
            if (way != null) {
                way.add(at);
                return way;
            }
        }
        return null;
    }

    /** Of each step its visitors, drop-off, average and median seconds. */
    List<Object> steps(Funnel funnel) {
        List<List<Hit>> ways = ways(funnel);
        List<Object> rows = new ArrayList<>();
        long before = ways.size();
        for (int i = 0; i < funnel.steps().size(); i++) {
            int step = i;
            List<Long> seconds = ways.stream()
                    .filter(way -> way.size() > step)
                    .map(way -> step == 0
                            ? 0
                            : (way.get(step).sent().time()
                                            - way.get(step - 1).sent().time())
                                    / 1000)
                    .sorted()
                    .toList();
            boolean timed = step > 0 && !seconds.isEmpty();
            double average = seconds.stream().mapToLong(s -> s).average().orElse(0);
            rows.add(list(
                    seconds.size(),
                    ReferenceReports.share(seconds.size(), ways.size()),
                    before - seconds.size(),
                    ReferenceReports.share(before - seconds.size(), before),
                    timed ? Math.round(average) : null,
                    timed ? median(seconds) : null));
            before = seconds.size();
        }
        return rows;
    }

    private static List<Object> list(Object... values) {
        List<Object> list = new ArrayList<>();
        Collections.addAll(list, values);
        return list;
    }

    private static long median(List<Long> sorted) {
        long half = sorted.get((sorted.size() - 1) / 2);
        return half < 86_400 ? half : half / 60 * 60;
    }

    /** Who took each step, by what the first hit of the way had. */
    List<Object> rows(Funnel funnel, String dimension) {
        Map<String, long[]> byValue = new TreeMap<>();
        for (List<Hit> way : ways(funnel)) {
            String value = Reference.value(dimension, way.get(0));
            long[] visitors = byValue.computeIfAbsent(
                    value == null ? "(none)" : value,
                    v -> new long[funnel.steps().size()]);
            for (int step = 0; step < way.size(); step++) {
                visitors[step]++;
            }
        }
        return byValue.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> e) -> -e.getValue()[0]))
                .<Object>map(e -> ReferenceReports.map(
                        "name", e.getKey(),
                        "entered", e.getValue()[0],
                        "completed", e.getValue()[e.getValue().length - 1],
                        "rate", ReferenceReports.share(e.getValue()[e.getValue().length - 1], e.getValue()[0]),
                        "visitors", Arrays.stream(e.getValue()).boxed().toList()))
                .toList();
    }

    /** Whether retention by a unit has more spans than are answered. */
    boolean tooMany(String unit) {
        return calendar.labels(unit).size() > MOST_SPANS;
    }

    /** Visitors of all spans, and of each cohort what became of it. */
    Map<String, Object> retention(String unit) {
        List<String> spans = new ArrayList<>(calendar.labels(unit));
        if (spans.isEmpty()) {
            spans.add(calendar.startLabel(unit));
        }
        Map<String, TreeSet<Long>> starts = new HashMap<>();
        for (Visit visit : reference.selectedVisits()) {
            starts.computeIfAbsent(visit.visitor(), v -> new TreeSet<>())
                    .add(visit.first().time());
        }
        Set<String> all = new HashSet<>();
        Map<String, Set<String>> cohorts = new HashMap<>();
        Map<String, Set<String>> came = new HashMap<>();
        starts.forEach((visitor, times) -> {
            String cohort = calendar.label(times.first(), unit);
            cohorts.computeIfAbsent(cohort, c -> new HashSet<>()).add(visitor);
            for (long time : times) {
                String span = calendar.label(time, unit);
                came.computeIfAbsent(cohort + " " + span, c -> new HashSet<>()).add(visitor);
                if (spans.contains(span)) {
                    all.add(visitor);
                }
            }
        });
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            int visitors = cohorts.getOrDefault(spans.get(i), Set.of()).size();
            for (int after = 0; i + after < spans.size(); after++) {
                int returned = came.getOrDefault(spans.get(i) + " " + spans.get(i + after), Set.of())
                        .size();
                rows.add(ReferenceReports.map(
                        "cohort", spans.get(i),
                        "visitors", visitors,
                        "after", after,
                        "returned", returned,
                        "rate", ReferenceReports.share(returned, visitors)));
            }
        }
        return Map.of("visitors", all.size(), "cookieless", 0, "rows", rows);
    }
}
