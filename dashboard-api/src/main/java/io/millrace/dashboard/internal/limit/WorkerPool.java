package io.millrace.dashboard.internal.limit;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few threads with a short queue: what may wait for a database does it here. Guests have one of the threads together,
 * users all of them, and users come first, so that no crowd of guests makes a user wait. What has not begun after a while is
 * refused. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
    /** How many pieces of guests' work run at a time. */
    private static final int GUESTS = 1;

    private static final int PER_NETWORK = 4;

    private static final int GUESTS_WAITING = 32;

    /** What a guest's piece of work holds while it waits: the longest head of a request as texts, and futures. */
    private static final int GUEST_BYTES = 64 << 10;

    /** The same of a user, who has no reason to send such a head. */
    private static final int USER_BYTES = 8 << 10;

    /** How long a piece of work waits at most before it begins. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Object lock = new Object();
    private final int places;
    private final boolean resting;
    private final Duration patience;

    @Bounded("pool_*")
    private final ArrayDeque<Work<?>> users = new ArrayDeque<>();

    @Bounded("pool_*")
    private final GuestQueue<Work<?>> guests;

    private final Quotas quotas;

    @Fixed("given by a setting")
    private final List<Thread> threads = new ArrayList<>();

    private int busy;
    private int busyWithGuests;
    private long guestsFrom = System.nanoTime();
    private boolean closed;

    /** A piece of work, and who waits for it, first until it begins. */
    private record Work<T>(Claim claim, Supplier<T> work, CompletableFuture<Void> begun, CompletableFuture<T> done) {
        void run() {
            begun.complete(null);
            try {
                done.complete(work.get());
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        }

        void refuse() {
            begun.complete(null);
            done.completeExceptionally(ApiException.busy());
        }
    }

    /**
     * Starts the threads.
     *
     * @param name of the threads, which begin with {@code millrace-}; of the bound it is {@code pool_} and this
     * @param places how many pieces of work of users may wait, beside those of guests
     */
    public WorkerPool(String name, int threads, int places, Quotas quotas, Bounds bounds) {
        this(name, threads, places, false, PATIENCE, quotas, bounds);
    }

    /**
     * Starts the threads.
     *
     * @param resting whether guests wait after each piece of theirs for as long as it took, so that work which is nothing but
     *     computing takes half a processor of them at most
     */
    public WorkerPool(String name, int threads, int places, boolean resting, Quotas quotas, Bounds bounds) {
        this(name, threads, places, resting, PATIENCE, quotas, bounds);
    }

    /** @param patience how long a piece of work waits at most before it begins */
    WorkerPool(String name, int threads, int places, boolean resting, Duration patience, Quotas quotas, Bounds bounds) {
        this.places = places;
        this.resting = resting;
        this.patience = patience;
        guests = new GuestQueue<>(GUESTS_WAITING, PER_NETWORK);
        this.quotas = quotas;
        bounds.add("pool_" + name, (long) places * USER_BYTES + GUESTS_WAITING * GUEST_BYTES, this::bytes);
        for (int i = 0; i < threads; i++) {
            Thread t = new Thread(this::work, "millrace-" + name + "-" + i);
            t.setDaemon(true);
            this.threads.add(t);
            t.start();
        }
    }

    /**
     * Runs work soon; the future fails at once with 503 when too much is waiting, with 429 when a quota is used up, and with 503
     * when its turn has not come after 10 s.
     */
    public <T> CompletableFuture<T> submit(Claim claim, Supplier<T> work) {
        Work<T> next = new Work<>(claim, work, new CompletableFuture<>(), new CompletableFuture<>());
        try {
            quotas.check(claim);
        } catch (ApiException limited) {
            return CompletableFuture.failedFuture(limited);
        }
        Work<?> refused;
        synchronized (lock) {
            refused = closed ? next : add(next);
            lock.notifyAll();
        }
        if (refused != null) {
            refused.refuse();
        }
        if (refused != next) {
            next.begun().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
                giveUp(next);
                return null;
            });
        }
        return next.done();
    }

    private void giveUp(Work<?> late) {
        boolean waited;
        synchronized (lock) {
            waited = late.claim().user() ? users.remove(late) : guests.remove(late.claim(), late);
        }
        if (waited) {
            late.refuse();
        }
    }

    private Work<?> add(Work<?> work) {
        if (!work.claim().user()) {
            return guests.add(work.claim(), work);
        }
        if (users.size() >= places + threads.size() - busy) {
            return work;
        }
        users.add(work);
        return null;
    }

    private void work() {
        try {
            for (Work<?> next = take(); next != null; next = take()) {
                run(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Work<?> next) {
        boolean guest = !next.claim().user();
        long since = System.nanoTime();
        try {
            next.run();
        } finally {
            long now = System.nanoTime();
            quotas.charge(next.claim(), TimeUnit.NANOSECONDS.toMillis(now - since));
            synchronized (lock) {
                busy--;
                if (guest) {
                    busyWithGuests--;
                    guestsFrom = resting ? now + (now - since) : now;
                }
                lock.notifyAll();
            }
        }
    }

    private Work<?> take() throws InterruptedException {
        synchronized (lock) {
            while (!closed) {
                Work<?> next = users.poll();
                boolean mayBeGuest = next == null && busyWithGuests < GUESTS && guests.size() > 0;
                long rest = mayBeGuest ? guestsFrom - System.nanoTime() : 0;
                if (mayBeGuest && rest <= 0) {
                    next = guests.poll();
                    busyWithGuests++;
                }
                if (next != null) {
                    busy++;
                    return next;
                }
                if (rest > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, rest);
                } else {
                    lock.wait();
                }
            }
            return null;
        }
    }

    private long bytes() {
        synchronized (lock) {
            return (long) users.size() * USER_BYTES + (long) guests.size() * GUEST_BYTES;
        }
    }

    /** How many pieces of work wait. */
    public int waiting() {
        synchronized (lock) {
            return users.size() + guests.size();
        }
    }

    /** Whether a thread has nothing to do; by the time it is read that may have changed. */
    public boolean idle() {
        synchronized (lock) {
            return busy < threads.size() && users.isEmpty();
        }
    }

    @Override
    public void close() {
        List<Work<?>> left;
        synchronized (lock) {
            closed = true;
            left = new ArrayList<>(users);
            left.addAll(guests.clear());
            users.clear();
            lock.notifyAll();
        }
        left.forEach(Work::refuse);
        threads.forEach(Thread::interrupt);
    }
}
