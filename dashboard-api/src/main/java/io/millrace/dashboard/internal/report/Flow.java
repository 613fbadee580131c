package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
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

    /** Of the pages that followed the root, 32 MiB: more than two million visitors who were there. */
    private static final int PAGES_MOST = 8 << 20;

    /** @param exits how many went nowhere from here */
    record FlowNode(String pathname, int visitors, long exits, List<FlowNode> children) {}

    record FlowEntry(String pathname, long visitors) {}

    static Flow of(ReportContext context, Params params) {
        int depth = params.number(DEPTH);
        int topN = params.number(TOP);
        Journeys journeys = new Journeys(params.one("root"), depth);
        journeys.walk(context);
        if (journeys.root == null && journeys.total > 0) {
            journeys.root = journeys.commonest(1).get(0).pathname();
            journeys.walk(context);
        }
        return new Flow(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                journeys.tree(topN),
                journeys.total,
                journeys.commonest(ENTRIES));
    }

    /** The journeys of all visitors: where they begin, and the few pages that follow the root. Not thread-safe. */
    private static final class Journeys {
        private static final int END = -1;
        private static final int MORE = -2;

        private final int depth;
        private final List<String> paths = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, Long> first = new HashMap<>();

        /** Where each journey that reaches the root stands in {@code pages}. */
        private int[] begins = new int[1 << 10];

        private int reached;

        /** Up to so many pages as the tree is deep, each journey ending with END or MORE. */
        private int[] pages = new int[1 << 10];

        private int size;
        private String root;
        private int total;

        // Of the journey at hand.
        private int last;
        private int level;

        private Journeys(String root, int depth) {
            this.root = root;
            this.depth = depth;
        }

        private void walk(ReportContext context) {
            total = 0;
            first.clear();
            last = -1;
            level = 0;
            context.reader().walk(context.site().id(), context.period().current(), context.filters(), this::page);
            end();
        }

        private void page(boolean newVisitor, String path) {
            int id = ids.computeIfAbsent(path, p -> {
                paths.add(p);
                return paths.size() - 1;
            });
            if (newVisitor) {
                end();
                total++;
                first.merge(id, 1L, Long::sum);
            } else if (id == last) {
                return;
            }
            last = id;
            if (level > 0) {
                level++;
                if (level <= depth) {
                    add(id);
                }
            } else if (path != null && path.equals(root)) {
                level = 1;
                begins = reached == begins.length ? Arrays.copyOf(begins, reached * 2) : begins;
                begins[reached++] = size;
            }
        }

        private void end() {
            if (level > 0) {
                add(level <= depth ? END : MORE);
            }
            level = 0;
        }

        private void add(int page) {
            if (size == PAGES_MOST) {
                throw ApiException.parameter("period", "too many visitors for paths; take a shorter one, or filter");
            }
            pages = size == pages.length ? Arrays.copyOf(pages, size * 2) : pages;
            pages[size++] = page;
        }

        /** The commonest first pages. */
        private List<FlowEntry> commonest(int n) {
            return top(first, n).stream()
                    .map(e -> new FlowEntry(paths.get(e.getKey()), e.getValue()))
                    .toList();
        }

        private List<Map.Entry<Integer, Long>> top(Map<Integer, Long> counts, int n) {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(e -> paths.get(e.getKey())))
                    .limit(n)
                    .toList();
        }

        /** The tree from the root; null when nobody was there. */
        private FlowNode tree(int topN) {
            return reached == 0 ? null : node(root, Arrays.copyOf(begins, reached), 1, topN);
        }

        /** @param here where the journeys that are on a page go on */
        private FlowNode node(String path, int[] here, int depthOfPage, int topN) {
            long exits = Arrays.stream(here).filter(at -> pages[at] == END).count();
            Map<Integer, Long> next = depthOfPage == depth
                    ? Map.of()
                    : Arrays.stream(here)
                            .filter(at -> pages[at] >= 0)
                            .boxed()
                            .collect(Collectors.groupingBy(at -> pages[at], Collectors.counting()));
            List<FlowNode> children = new ArrayList<>();
            for (Map.Entry<Integer, Long> child : top(next, topN)) {
                int page = child.getKey();
                int[] there = Arrays.stream(here)
                        .filter(at -> pages[at] == page)
                        .map(at -> at + 1)
                        .toArray();
                children.add(node(paths.get(page), there, depthOfPage + 1, topN));
            }
            return new FlowNode(path, here.length, exits, children);
        }
    }
}
