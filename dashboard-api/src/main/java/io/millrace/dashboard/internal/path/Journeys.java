package io.millrace.dashboard.internal.path;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.path.Walked.Places;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The journeys of all visitors. Immutable. */
final class Journeys {
    /** Of the pages on the way from the root, 32 MiB: more than two million visitors who were there. */
    private static final int PAGES_MOST = 8 << 20;

    private final FlowRoot root;
    private final PathNumbers paths;
    private final List<Places> places;
    private final long[] ends;
    private final int total;

    private Journeys(FlowRoot root, PathNumbers paths, List<Walked> walked) {
        walked.forEach(Walked::end);
        this.root = root;
        this.paths = paths;
        this.places = walked.stream().map(Walked::places).toList();
        this.ends = new long[paths.size()];
        walked.forEach(w -> w.addEnds(ends));
        this.total = walked.stream().mapToInt(Walked::total).sum();
    }

    static Journeys of(FlowRoot root, ReportContext context) {
        PathNumbers paths = new PathNumbers();
        AtomicInteger room = new AtomicInteger(PAGES_MOST);
        List<Walked> walked = context.reader()
                .walk(
                        context.site().id(),
                        context.period().current(),
                        context.filters(),
                        root.event(),
                        () -> new Walked(paths, room, root));
        return new Journeys(root, paths, walked);
    }

    /** How many there are. */
    int total() {
        return total;
    }

    /** The commonest first pages; backward: the commonest last ones. */
    List<FlowEntry> commonest(int n) {
        return top(ends, n).stream()
                .map(number -> new FlowEntry(paths.path(number), ends[number]))
                .toList();
    }

    /** The numbers of the paths that most are counted of. */
    private List<Integer> top(long[] counts, int n) {
        return IntStream.range(0, counts.length)
                .filter(number -> counts[number] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(number -> -counts[number])
                        .thenComparing(paths::path))
                .limit(n)
                .toList();
    }

    /** The tree from the root; null when nobody was there. */
    FlowNode tree(int topN) {
        FlowNode tree = node(root.event() == null ? root.page() : root.event(), places, 1, topN);
        return tree.visitors() == 0 ? null : tree;
    }

    /** How many go on to each path. */
    private long[] next(List<Places> here) {
        long[] next = new long[paths.size()];
        for (Places some : here) {
            for (int at : some.at()) {
                if (some.pages()[at] >= 0) {
                    next[some.pages()[at]]++;
                }
            }
        }
        return next;
    }

    /** @param here where the journeys that are on a page go on */
    private FlowNode node(String path, List<Places> here, int depth, int topN) {
        int visitors = 0;
        long exits = 0;
        for (Places some : here) {
            visitors += some.at().length;
            exits += some.count(Walked.END);
        }
        List<FlowNode> children = new ArrayList<>();
        long others = visitors - exits;
        if (depth < root.depth()) {
            long[] next = next(here);
            for (int page : top(next, topN)) {
                List<Places> there = here.stream().map(some -> some.next(page)).toList();
                children.add(node(paths.path(page), there, depth + 1, topN));
                others -= next[page];
            }
        }
        return new FlowNode(path, visitors, exits, others, List.copyOf(children));
    }
}
