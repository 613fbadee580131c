package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The paths that visitors take from a page. A journey is all page views of one visitor in the period, in order of time,
 * the same page twice in a row counting once; it enters the tree where it first reaches the root.
 */
record Flow(
        SiteHead site, PeriodHead period, @Nullable FlowNode root, int totalVisitors, List<FlowEntry> entryOptions) {
    static final Input ROOT = Input.text("root", "The page to begin with; absent: the commonest first one");
    static final Input DEPTH = Input.whole("depth", 4, 1, 6, "How many pages deep");
    static final Input TOP = Input.whole("topN", 3, 1, 5, "How many pages follow each at most");
    private static final int ENTRIES = 8;
    private static final int MAX_PAGES = 2_000_000;

    /** @param exits how many went nowhere from here */
    record FlowNode(String pathname, int visitors, long exits, List<FlowNode> children) {}

    record FlowEntry(String pathname, long visitors) {}

    static Flow of(ReportContext context, Params params) {
        int depth = params.number(DEPTH);
        int topN = params.number(TOP);
        refuseTooMany(context);
        Journeys all = new Journeys();
        context.reader().walk(context.site().id(), context.period().current(), context.filters(), all::page);
        all.end();
        return new Flow(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                all.root(params.one("root"), depth, topN),
                all.journeys.size(),
                all.entries());
    }

    /** Before anything is read for nothing; that filters select too many is only asked where they could. */
    private static void refuseTooMany(ReportContext context) {
        ReportContext everything = new ReportContext(context.engine(), context.site(), context.period(), List.of());
        if (pages(everything) > MAX_PAGES && pages(context) > MAX_PAGES) {
            throw ApiException.parameter("period", "too many page views for paths; take a shorter one, or filter");
        }
    }

    private static long pages(ReportContext context) {
        return context.totals(context.period().current(), Metric.PAGE_VIEWS).get(0);
    }

    /** The journeys of all visitors, pages as numbers. Not thread-safe. */
    private static final class Journeys {
        private final List<String> paths = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final List<int[]> journeys = new ArrayList<>();
        private int[] open = new int[16];
        private int length;

        /** A journey and how far along the tree has followed it. */
        private record Traveller(int[] journey, int at) {
            boolean atEnd() {
                return at + 1 == journey.length;
            }
        }

        private void page(boolean newVisitor, String path) {
            if (newVisitor) {
                end();
            }
            int id = ids.computeIfAbsent(path, p -> {
                paths.add(p);
                return paths.size() - 1;
            });
            if (length > 0 && open[length - 1] == id) {
                return;
            }
            open = length == open.length ? Arrays.copyOf(open, length * 2) : open;
            open[length++] = id;
        }

        private void end() {
            if (length > 0) {
                journeys.add(Arrays.copyOf(open, length));
                length = 0;
            }
        }

        private List<FlowEntry> entries() {
            return top(first(), ENTRIES).stream()
                    .map(e -> new FlowEntry(paths.get(e.getKey()), e.getValue()))
                    .toList();
        }

        private Map<Integer, Long> first() {
            return journeys.stream().collect(Collectors.groupingBy(j -> j[0], Collectors.counting()));
        }

        private List<Map.Entry<Integer, Long>> top(Map<Integer, Long> counts, int n) {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(e -> paths.get(e.getKey())))
                    .limit(n)
                    .toList();
        }

        /** The tree from a page, or from the commonest first page; null when nobody was there. */
        private FlowNode root(String path, int depth, int topN) {
            Integer root = path == null
                    ? top(first(), 1).stream()
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(null)
                    : ids.get(path);
            if (root == null) {
                return null;
            }
            List<Traveller> there = journeys.stream()
                    .map(j -> new Traveller(j, indexOf(j, root)))
                    .filter(t -> t.at() >= 0)
                    .toList();
            return node(root, there, depth, topN);
        }

        private static int indexOf(int[] journey, int path) {
            for (int i = 0; i < journey.length; i++) {
                if (journey[i] == path) {
                    return i;
                }
            }
            return -1;
        }

        private FlowNode node(int path, List<Traveller> here, int depth, int topN) {
            return new FlowNode(
                    paths.get(path),
                    here.size(),
                    here.stream().filter(Traveller::atEnd).count(),
                    depth == 1 ? List.of() : children(here, depth - 1, topN));
        }

        private List<FlowNode> children(List<Traveller> here, int depth, int topN) {
            Map<Integer, List<Traveller>> next = here.stream()
                    .filter(t -> !t.atEnd())
                    .map(t -> new Traveller(t.journey(), t.at() + 1))
                    .collect(Collectors.groupingBy(t -> t.journey()[t.at()]));
            Map<Integer, Long> counts = next.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e ->
                    (long) e.getValue().size()));
            return top(counts, topN).stream()
                    .map(e -> node(e.getKey(), next.get(e.getKey()), depth, topN))
                    .toList();
        }
    }
}
