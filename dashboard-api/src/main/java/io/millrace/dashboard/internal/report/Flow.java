package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.spi.StorageReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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

    private static final int FIRST = 1 << 10;

    /** @param exits how many went nowhere from here */
    record FlowNode(String pathname, int visitors, long exits, List<FlowNode> children) {}

    record FlowEntry(String pathname, long visitors) {}

    static Flow of(ReportContext context, Params params) {
        int depth = params.number(DEPTH);
        int topN = params.number(TOP);
        String root = params.one("root");
        Journeys journeys = Journeys.from(root == null ? likelyRoot(context) : root, depth, context);
        String commonest =
                journeys.total == 0 ? null : journeys.commonest(1).get(0).pathname();
        if (root == null && commonest != null && !commonest.equals(journeys.root)) {
            journeys = Journeys.from(commonest, depth, context);
        }
        return new Flow(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                journeys.tree(topN),
                journeys.total,
                journeys.commonest(ENTRIES));
    }

    /** The commonest entry page, which is nearly always the commonest first page of a journey, and known at once. */
    private static String likelyRoot(ReportContext context) {
        Query query = context.query(context.period().current(), Metric.SESSIONS).by(Dimension.ENTRY_PAGE, 1);
        List<Report.Row> rows = context.reader().query(query).rows();
        return rows.isEmpty() ? null : rows.get(0).values().get(0);
    }

    /** Numbers of paths, for all journeys of one answer. Thread-safe. */
    private static final class Paths {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> paths = new ArrayList<>();

        synchronized int number(String path) {
            return numbers.computeIfAbsent(path, p -> {
                paths.add(p);
                return paths.size() - 1;
            });
        }

        synchronized String path(int number) {
            return paths.get(number);
        }

        synchronized int size() {
            return paths.size();
        }
    }

    /** The journeys of some visitors: where they begin, and the few pages that follow the root. Not thread-safe. */
    private static final class Walked implements StorageReader.Walk {
        private static final int END = -1;
        private static final int MORE = -2;

        private final Paths paths;
        private final AtomicInteger room;
        private final int root;
        private final int depth;

        /** Numbers of paths by the texts that the storage shows again and again. */
        private final Map<String, Integer> numbers = new HashMap<>();

        /** How many journeys begin on a page, by its number. */
        private int[] first = new int[FIRST];

        /** Where each journey that reaches the root stands in {@code pages}. */
        private int[] begins = new int[FIRST];

        private int reached;

        /** Up to so many pages as the tree is deep, each journey ending with END or MORE. */
        private int[] pages = new int[FIRST];

        private int size;
        private int total;

        // Of the journey at hand.
        private int last;
        private int level;

        /** @param room how many pages all of them may hold */
        private Walked(Paths paths, AtomicInteger room, int root, int depth) {
            this.paths = paths;
            this.room = room;
            this.root = root;
            this.depth = depth;
        }

        @Override
        public void page(boolean newVisitor, String path) {
            int number = numbers.computeIfAbsent(path, paths::number);
            if (newVisitor) {
                end();
                total++;
                first = number < first.length ? first : Arrays.copyOf(first, number * 2);
                first[number]++;
            } else if (number == last) {
                return;
            }
            last = number;
            if (level > 0) {
                level++;
                if (level <= depth) {
                    add(number);
                }
            } else if (number == root) {
                level = 1;
                begins = reached == begins.length ? Arrays.copyOf(begins, reached * 2) : begins;
                begins[reached++] = size;
            }
        }

        /** The journey at hand has no more pages. */
        private void end() {
            if (level > 0) {
                add(level <= depth ? END : MORE);
            }
            level = 0;
        }

        private void add(int page) {
            if (size == pages.length) {
                if (room.addAndGet(-size) < 0) {
                    throw ApiException.parameter(
                            "period", "too many visitors for paths; take a shorter one, or filter");
                }
                pages = Arrays.copyOf(pages, size * 2);
            }
            pages[size++] = page;
        }
    }

    /** Places in the pages of somebody's journeys. */
    private record Places(int[] pages, int[] at) {
        Places next(int page) {
            return new Places(
                    pages,
                    Arrays.stream(at)
                            .filter(a -> pages[a] == page)
                            .map(a -> a + 1)
                            .toArray());
        }
    }

    /** The journeys of all visitors. */
    private static final class Journeys {
        private final String root;
        private final int depth;
        private final Paths paths = new Paths();
        private final List<Places> begins = new ArrayList<>();
        private long[] first = {};
        private int total;

        private Journeys(String root, int depth) {
            this.root = root;
            this.depth = depth;
        }

        /** @param root where the tree begins; null: nowhere, the beginnings are counted alone */
        private static Journeys from(String root, int depth, ReportContext context) {
            Journeys journeys = new Journeys(root, depth);
            int number = root == null ? Walked.END : journeys.paths.number(root);
            AtomicInteger room = new AtomicInteger(PAGES_MOST);
            List<Walked> walked = context.reader()
                    .walk(
                            context.site().id(),
                            context.period().current(),
                            context.filters(),
                            () -> new Walked(journeys.paths, room, number, depth));
            walked.forEach(journeys::add);
            return journeys;
        }

        private void add(Walked walked) {
            walked.end();
            total += walked.total;
            first = Arrays.copyOf(first, paths.size());
            for (int number = 0; number < Math.min(first.length, walked.first.length); number++) {
                first[number] += walked.first[number];
            }
            begins.add(new Places(walked.pages, Arrays.copyOf(walked.begins, walked.reached)));
        }

        /** The commonest first pages. */
        private List<FlowEntry> commonest(int n) {
            return top(first, n).stream()
                    .map(number -> new FlowEntry(paths.path(number), first[number]))
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
        private FlowNode tree(int topN) {
            FlowNode tree = node(root, begins, 1, topN);
            return tree.visitors() == 0 ? null : tree;
        }

        /** @param here where the journeys that are on a page go on */
        private FlowNode node(String path, List<Places> here, int depthOfPage, int topN) {
            int visitors = 0;
            long exits = 0;
            long[] next = new long[paths.size()];
            for (Places places : here) {
                visitors += places.at().length;
                for (int at : places.at()) {
                    int page = places.pages()[at];
                    if (page >= 0) {
                        next[page]++;
                    } else if (page == Walked.END) {
                        exits++;
                    }
                }
            }
            List<FlowNode> children = new ArrayList<>();
            for (int page : depthOfPage == depth ? List.<Integer>of() : top(next, topN)) {
                List<Places> there =
                        here.stream().map(places -> places.next(page)).toList();
                children.add(node(paths.path(page), there, depthOfPage + 1, topN));
            }
            return new FlowNode(path, visitors, exits, children);
        }
    }
}
