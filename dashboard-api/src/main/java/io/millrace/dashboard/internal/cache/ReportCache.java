package io.millrace.dashboard.internal.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.google.common.hash.Hashing;
import io.millrace.dashboard.internal.cache.CacheCounts.Count;
import io.millrace.dashboard.internal.cache.ReportStore.Body;
import io.millrace.dashboard.internal.cache.ReportStore.Entry;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.ErrorMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies of reports, each computed once however many ask for it. Thread-safe; never computes on the caller's thread.
 *
 * <p>An entry is served until its time is over. Then it is kept only when nothing was written for its site and its
 * period still means the same; otherwise it is computed again. Who asks for it in the last fifth of its time has that done
 * beside, so that what many look at is never waited for. A failure is an entry too, for a second or ten times what it took, so
 * that a database in trouble is not asked by everybody, and not all the time for what it cannot answer.
 */
public final class ReportCache {
    private static final Logger LOG = LoggerFactory.getLogger(ReportCache.class);
    private static final long FAILURE_MILLIS = 1_000;
    private static final int FAILURE_REST = 10;
    private static final int AHEAD = 5;

    /**
     * What was asked for, and what it is computed from.
     *
     * @param key equal keys, equal answers within the time to live
     * @param resolved equal when the period means the same instants
     * @param generation what every write to the site raises; null: it is of what is in memory, so it is made anew whenever its time
     *     is over
     * @param ahead whether to compute it anew before its time is over, for those who keep asking
     * @param body may take time
     */
    public record Load(
            Object key, Supplier<Object> resolved, LongSupplier generation, boolean ahead, Supplier<Body> body) {
        /** A report of what is in memory. */
        public static Load live(Object key, Supplier<Body> body) {
            return new Load(key, () -> "", null, false, body);
        }

        private long generationNow() {
            return generation == null ? 0 : generation.getAsLong();
        }
    }

    private final String name;
    private final String version;
    private final long ttl;
    private final WorkerPool readers;
    private final InstantSource clock;
    private final ReportStore store;
    private final ReportTimes times;
    private final CacheCounts counts = new CacheCounts();

    public ReportCache(
            String name,
            Duration ttl,
            String version,
            ReportStore store,
            WorkerPool readers,
            InstantSource clock,
            ReportTimes times) {
        this.name = name;
        this.version = version;
        this.ttl = ttl.toMillis();
        this.readers = readers;
        this.clock = clock;
        this.store = store;
        this.times = times;
    }

    /**
     * The entry, at once or when it has been computed; the future never fails.
     *
     * @param claim in whose name it is computed if it has to be: a user does not wait for what a guest has asked for
     */
    public CompletableFuture<Entry> get(Load load, Claim claim) {
        Digest key = Digest.of(name, load.key());
        CompletableFuture<Entry> others = store.of(!claim.user()).getIfPresent(key);
        if (others != null && others.isDone() && others.join().serves(clock.millis())) {
            counts.add(Count.HITS);
            return others;
        }
        AsyncCache<Digest, Entry> entries = store.of(claim.user());
        Entry stale = null;
        while (true) {
            Start start = new Start(stale, load, claim);
            CompletableFuture<Entry> found = entries.get(key, start);
            if (start.started || !found.isDone()) {
                return found;
            }
            Entry entry = found.join();
            long left = entry.freshUntil() - clock.millis();
            if (left > 0) {
                counts.add(Count.HITS);
                if (left <= ttl / AHEAD && load.ahead() && entry.error() == null) {
                    refreshAhead(key, found, load, claim);
                }
                return found;
            }
            entries.asMap().remove(key, found);
            stale = entry;
        }
    }

    /** Computes an entry anew before its time is over, once, and only while a reader has nothing to do. */
    private void refreshAhead(Digest key, CompletableFuture<Entry> found, Load load, Claim claim) {
        Entry entry = found.join();
        CompletableFuture<Entry> next = new CompletableFuture<>();
        if (!readers.idle() || !entry.next().compareAndSet(null, next)) {
            return;
        }
        readers.submit(claim, () -> refresh(entry, load))
                .exceptionally(this::shed)
                .thenAccept(refreshed -> {
                    if (refreshed.error() == null) {
                        store.of(claim.user())
                                .asMap()
                                .replace(key, found, CompletableFuture.completedFuture(refreshed));
                    }
                    next.complete(refreshed);
                });
    }

    private Entry shed(Throwable t) {
        return refused(ErrorMapper.map(t), 0);
    }

    /** Starts to compute an entry, at most once; used by one thread. */
    private final class Start implements BiFunction<Digest, Executor, CompletableFuture<Entry>> {
        private final Entry stale;
        private final Load load;
        private final Claim claim;
        private boolean started;

        private Start(Entry stale, Load load, Claim claim) {
            this.stale = stale;
            this.load = load;
            this.claim = claim;
        }

        @Override
        public CompletableFuture<Entry> apply(Digest key, Executor unused) {
            started = true;
            CompletableFuture<Entry> next = stale == null ? null : stale.next().get();
            return next != null && !next.isDone()
                    ? next
                    : readers.submit(claim, () -> refresh(stale, load)).exceptionally(ReportCache.this::shed);
        }
    }

    private Entry refresh(Entry stale, Load load) {
        long start = clock.millis();
        try {
            if (stale != null
                    && stale.error() == null
                    && load.generation() != null
                    && stale.resolved().equals(Digest.of(load.resolved().get()))
                    && stale.generation() == load.generationNow()) {
                counts.add(Count.KEPT);
                return stale.until(clock.millis() + ttl);
            }
            return compute(load);
        } catch (ApiException error) {
            return refused(error, FAILURE_MILLIS);
        } catch (RuntimeException e) {
            counts.add(Count.FAILURES);
            return refused(failed(e), Math.max(FAILURE_MILLIS, FAILURE_REST * (clock.millis() - start)));
        }
    }

    private ApiException failed(RuntimeException e) {
        ApiException error = ErrorMapper.map(e);
        if (error.status() == 500) {
            LOG.error("{}: a report failed", name, e);
        } else {
            LOG.warn("{}: a report failed: {}", name, e.toString());
        }
        return error;
    }

    private Entry refused(ApiException error, long millis) {
        return new Entry(counts, null, null, null, error, 0, null, clock.millis() + millis, new AtomicReference<>());
    }

    private Entry compute(Load load) {
        counts.add(Count.LOADS);
        // Read before the body: a write in between makes the entry look older than it is, never newer.
        long generation = load.generationNow();
        long began = System.nanoTime();
        Body body = load.body().get();
        times.took(name, System.nanoTime() - began);
        return new Entry(
                counts,
                body,
                ApiAnswers.gzip(body.bytes()),
                tag(generation, load, body.bytes()),
                null,
                generation,
                Digest.of(load.resolved().get()),
                clock.millis() + ttl,
                new AtomicReference<>());
    }

    private String tag(long generation, Load load, byte[] body) {
        String hash = Hashing.sha256()
                .newHasher()
                .putString(version + '\n' + generation + '\n' + load.resolved().get(), StandardCharsets.UTF_8)
                .putBytes(body)
                .hash()
                .toString();
        return "W/\"" + hash.substring(0, 24) + '"';
    }

    public String name() {
        return name;
    }

    /** How often something has happened. */
    public long total(Count count) {
        return counts.total(count);
    }

    /** How many answers are kept; looks at all of them. */
    public long size() {
        return store.size(counts);
    }
}
