package io.millrace.dashboard.internal.path;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.spi.StorageReader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The journeys of some visitors: where they begin or end, and the few pages on the way from the root. Not thread-safe. */
final class Walked implements StorageReader.Walk {
    /** The journey has no more pages on this way. */
    static final int END = -1;

    /** It has more than the tree is deep. */
    static final int MORE = -2;

    private static final int NONE = -3;
    private static final int FIRST = 1 << 10;

    private final PathNumbers paths;
    private final AtomicInteger room;
    private final boolean backward;
    private final int depth;

    /** The number of the root's path; {@link #NONE}: an event is the root, or nothing. */
    private final int root;

    /** The numbers that all walks have in common by those of this one. */
    private int[] numbers = new int[FIRST];

    /** How many journeys begin on a page, by its number; backward: end. */
    private int[] ends = new int[FIRST];

    /** Where each journey that reaches the root stands in {@code pages}. */
    private int[] begins = new int[FIRST];

    private int reached;

    /** Up to so many pages as the tree is deep, each journey ending with END or MORE. */
    private int[] pages = new int[FIRST];

    private int size;
    private int total;

    // Of the journey at hand.
    private int last = NONE;

    /** How many pages the tree has of it, the root among them; 0: it has not reached the root. */
    private int level;

    /** Its latest pages, as many as the tree is deep below the root, round and round; backward only. */
    private final int[] recent;

    private int seen;

    /** @param room how many pages all walks may hold */
    Walked(PathNumbers paths, AtomicInteger room, FlowRoot root) {
        this.paths = paths;
        this.room = room;
        this.backward = root.backward();
        this.depth = root.depth();
        this.root = root.page() == null ? NONE : paths.number(root.page());
        this.recent = new int[depth - 1];
    }

    @Override
    public void path(int number, String path) {
        numbers = number < numbers.length ? numbers : Arrays.copyOf(numbers, number * 2);
        numbers[number] = paths.number(path);
    }

    @Override
    public void page(boolean newVisitor, int path) {
        if (newVisitor) {
            end();
        }
        int number = numbers[path];
        if (number == last) {
            return;
        }
        if (last == NONE) {
            total++;
            if (!backward) {
                count(number);
            }
        }
        last = number;
        if (level > 0) {
            follow(number);
        } else if (number == root) {
            reach();
        } else if (backward) {
            remember(number);
        }
    }

    @Override
    public void event(boolean newVisitor) {
        if (newVisitor) {
            end();
        }
        if (level == 0) {
            reach();
        }
    }

    private void count(int number) {
        ends = number < ends.length ? ends : Arrays.copyOf(ends, number * 2);
        ends[number]++;
    }

    private void remember(int number) {
        if (recent.length > 0) {
            recent[seen % recent.length] = number;
        }
        seen++;
    }

    private void reach() {
        level = 1;
        begins = reached == begins.length ? Arrays.copyOf(begins, reached * 2) : begins;
        begins[reached++] = size;
        if (backward) {
            for (int i = 1; i <= Math.min(seen, recent.length); i++) {
                add(recent[(seen - i) % recent.length]);
            }
            add(seen <= recent.length ? END : MORE);
        }
    }

    private void follow(int number) {
        level++;
        if (!backward && level <= depth) {
            add(number);
        }
    }

    /** The journey at hand has no more pages. */
    void end() {
        if (backward && last != NONE) {
            count(last);
        } else if (!backward && level > 0) {
            add(level <= depth ? END : MORE);
        }
        last = NONE;
        level = 0;
        seen = 0;
    }

    private void add(int page) {
        if (size == pages.length) {
            if (room.addAndGet(-size) < 0) {
                throw ApiException.parameter("period", "too many visitors for paths; take a shorter one, or filter");
            }
            pages = Arrays.copyOf(pages, size * 2);
        }
        pages[size++] = page;
    }

    int total() {
        return total;
    }

    /** Adds how many journeys begin or end on each page. */
    void addEnds(long[] counts) {
        for (int number = 0; number < Math.min(counts.length, ends.length); number++) {
            counts[number] += ends[number];
        }
    }

    /** Where the journeys that reach the root go on. */
    Places places() {
        return new Places(pages, Arrays.copyOf(begins, reached));
    }

    /** Places in the pages of somebody's journeys. */
    record Places(int[] pages, int[] at) {
        long count(int page) {
            return Arrays.stream(at).filter(a -> pages[a] == page).count();
        }

        Places next(int page) {
            return new Places(
                    pages,
                    Arrays.stream(at)
                            .filter(a -> pages[a] == page)
                            .map(a -> a + 1)
                            .toArray());
        }
    }
}
