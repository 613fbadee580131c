package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Closes connections when nearly all of a budget is held: of those that have long done nothing with it first, then of the network that holds most, among equals the oldest.
 * A few at a time, because everybody waits meanwhile. Belongs to its event loop.
 */
final class Relief {
    private static final int LISTED = 256;
    private static final long SLICE_NANOS = 2_000_000;

    /** After looking in vain for connections that could let go, the next look is so much later: it goes through all. */
    private static final long PAUSE_MILLIS = 10;

    private final MemoryBudget budget;
    private final ToLongFunction<LoopMember> held;
    private final Function<LoopMember, MemoryBudget.Share> share;
    private final Comparator<LoopMember> order;

    @Fixed("256 at most")
    private final ArrayDeque<LoopMember> next = new ArrayDeque<>();

    private long inVainAt = Long.MIN_VALUE / 2;

    /**
     * @param held bytes that a connection would give back
     * @param share as part of which it holds them
     * @param idle who lets go before anybody else
     */
    Relief(
            MemoryBudget budget,
            ToLongFunction<LoopMember> held,
            Function<LoopMember, MemoryBudget.Share> share,
            Predicate<LoopMember> idle) {
        this.budget = budget;
        this.held = held;
        this.share = share;
        this.order = Comparator.<LoopMember, Boolean>comparing(idle::test)
                .thenComparingLong(c -> share.apply(c).held())
                .thenComparingLong(held)
                .reversed();
    }

    /** Frees a part when it is time to; several times a second. */
    void tick(Collection<LoopMember> all) {
        next.clear();
        if (budget.pressed()) {
            drop(all, null, 0);
        }
    }

    /**
     * Frees what somebody needs who holds little.
     *
     * @param kept bytes that are to stay free beside
     * @return whether something was freed
     */
    boolean helps(Collection<LoopMember> all, MemoryBudget.Share who, long bytes, long kept, long now) {
        if (!budget.mayHold(who, bytes) || now - inVainAt < PAUSE_MILLIS) {
            return false;
        }
        boolean freed = drop(all, who, bytes + kept);
        if (!freed) {
            inVainAt = now;
        }
        return freed;
    }

    /** Until half is free, or the time is over and there is as much as is wanted. */
    private boolean drop(Collection<LoopMember> all, MemoryBudget.Share except, long wanted) {
        long before = budget.used();
        long end = System.nanoTime() + SLICE_NANOS;
        while (budget.used() > budget.limit() / 2
                && (budget.used() + wanted > budget.limit() || System.nanoTime() - end < 0)) {
            if (next.isEmpty()) {
                next.addAll(first(all, c -> held.applyAsLong(c) > 0 && share.apply(c) != except, order));
            }
            LoopMember most = next.poll();
            if (most == null) {
                break;
            }
            if (held.applyAsLong(most) > 0 && share.apply(most) != except) {
                most.drop();
            }
        }
        return budget.used() < before;
    }

    /** The first 256 in this order, if there are so many; among equals those that stand first. */
    static List<LoopMember> first(
            Collection<LoopMember> all, Predicate<LoopMember> which, Comparator<LoopMember> order) {
        PriorityQueue<LoopMember> first = new PriorityQueue<>(order.reversed());
        for (LoopMember connection : all) {
            if (which.test(connection) && (first.size() < LISTED || order.compare(connection, first.peek()) < 0)) {
                if (first.size() == LISTED) {
                    first.poll();
                }
                first.add(connection);
            }
        }
        return first.stream().sorted(order).toList();
    }
}
