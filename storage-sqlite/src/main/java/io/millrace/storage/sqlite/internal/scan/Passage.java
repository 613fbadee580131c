package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Takes what a selection selects of segments through memory, a range of visitors at a time. */
final class Passage {
    private static final int WORKERS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final IntsPool pool;
    private final Selection selection;
    private final boolean walk;
    private final List<? extends Segment> segments;
    private final VisitorRanges ranges;

    private Passage(IntsPool pool, Selection selection, boolean walk, List<? extends Segment> segments)
            throws SQLException {
        this.pool = pool;
        this.selection = selection;
        this.walk = walk;
        this.segments = segments;
        this.ranges = VisitorRanges.of(segments);
    }

    /** Is shown what was selected of a range. */
    @FunctionalInterface
    interface Step {
        void take(Gathered gathered) throws SQLException;
    }

    /**
     * On the thread that asks.
     *
     * @param walk whether the time and the visit of each hit are wanted
     */
    static void run(IntsPool pool, Selection selection, boolean walk, List<? extends Segment> segments, Step step)
            throws SQLException {
        new Passage(pool, selection, walk, segments).work(0, lease -> step);
    }

    /**
     * On several threads, where it is worth it, each with a step of its own, which is shown visitors that no other one is.
     *
     * @param steps makes another one, with what it counts with
     */
    static <S extends Step> List<S> share(
            IntsPool pool,
            Selection selection,
            boolean walk,
            List<? extends Segment> segments,
            Function<IntsPool.Lease, S> steps)
            throws SQLException {
        Passage passage = new Passage(pool, selection, walk, segments);
        List<CompletableFuture<S>> others = new ArrayList<>();
        for (int i = 1; i < WORKERS && passage.ranges.large(); i++) {
            int first = segments.size() * i / WORKERS;
            others.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return passage.work(first, steps);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        List<S> all = new ArrayList<>();
        try {
            all.add(passage.work(0, steps));
        } finally { // they read by the same connection, which somebody else has next
            others.forEach(other -> other.handle((done, failure) -> null).join());
        }
        others.forEach(other -> all.add(other.join()));
        return all;
    }

    private <S extends Step> S work(int first, Function<IntsPool.Lease, S> steps) throws SQLException {
        try (IntsPool.Lease lease = pool.new Lease()) {
            Traversal traversal = new Traversal(ranges, segments, first, selection, lease, walk);
            S step = steps.apply(lease);
            while (traversal.next()) {
                step.take(traversal.gathered);
            }
            return step;
        }
    }
}
