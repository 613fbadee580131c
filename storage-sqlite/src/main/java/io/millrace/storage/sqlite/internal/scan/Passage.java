package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Takes what a selection selects of segments through memory, a range of visitors at a time. */
public final class Passage {
    private static final int WORKERS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final IntsPool pool;
    private final List<? extends Segment> segments;
    private final VisitorRanges ranges;

    private Passage(IntsPool pool, List<? extends Segment> segments) throws SQLException {
        this.pool = pool;
        this.segments = segments;
        this.ranges = VisitorRanges.of(segments);
    }

    /** Gathers some visitors after others, and counts what it gathers. For one thread. */
    public interface Worker {
        Gathering gathering();

        /** What selects the visits of a segment, and adds them to what is gathered. */
        VisitSelector selector(Segment segment);

        /** Counts what was gathered of a range. */
        void count() throws SQLException;
    }

    /** Is shown what was selected of a range. */
    @FunctionalInterface
    interface Step {
        void take(Gathered gathered) throws SQLException;
    }

    /** Shows a step what a selection selects. */
    private record Shown<S extends Step>(S step, Selection selection, Scratch scratch) implements Worker {
        static <S extends Step> Shown<S> of(Selection selection, boolean ids, IntsPool.Lease lease, S step) {
            return new Shown<>(step, selection, new Scratch(lease, selection, ids));
        }

        @Override
        public Gathering gathering() {
            return scratch.gathered;
        }

        @Override
        public VisitSelector selector(Segment segment) {
            return new Gatherer(segment, selection, scratch);
        }

        @Override
        public void count() throws SQLException {
            scratch.gathered.sumParts();
            step.take(scratch.gathered);
        }
    }

    /**
     * On the thread that asks.
     *
     * @param ids whether the visit of each hit is wanted
     */
    static void run(IntsPool pool, Selection selection, boolean ids, List<? extends Segment> segments, Step step)
            throws SQLException {
        new Passage(pool, segments).work(0, lease -> Shown.of(selection, ids, lease, step));
    }

    /**
     * On several threads, where it is worth it, each with a step of its own, which is shown visitors that no other one is.
     *
     * @param steps makes another one, with what it counts with
     */
    static <S extends Step> List<S> share(
            IntsPool pool, Selection selection, List<? extends Segment> segments, Function<IntsPool.Lease, S> steps)
            throws SQLException {
        return Passage.<Shown<S>>share(pool, segments, lease -> Shown.of(selection, false, lease, steps.apply(lease)))
                .stream()
                .map(Shown::step)
                .toList();
    }

    /**
     * On several threads, where it is worth it, each with a worker of its own, who has visitors that no other one has.
     *
     * @param workers makes another one, with what it counts with
     */
    public static <W extends Worker> List<W> share(
            IntsPool pool, List<? extends Segment> segments, Function<IntsPool.Lease, W> workers) throws SQLException {
        Passage passage = new Passage(pool, segments);
        List<CompletableFuture<W>> others = new ArrayList<>();
        for (int i = 1; i < WORKERS && passage.ranges.large(); i++) {
            int first = segments.size() * i / WORKERS;
            others.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return passage.work(first, workers);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        List<W> all = new ArrayList<>();
        try {
            all.add(passage.work(0, workers));
        } finally { // they read by the same connection, which somebody else has next
            others.forEach(other -> other.handle((done, failure) -> null).join());
        }
        others.forEach(other -> all.add(other.join()));
        return all;
    }

    private <W extends Worker> W work(int first, Function<IntsPool.Lease, W> workers) throws SQLException {
        try (IntsPool.Lease lease = pool.new Lease()) {
            W worker = workers.apply(lease);
            Traversal traversal = new Traversal(ranges, segments, first, worker.gathering(), worker::selector);
            while (traversal.next()) {
                worker.count();
            }
            return worker;
        }
    }
}
