package io.millrace.dashboard.internal.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.ErrorMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
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
    private static final int UNIT_BYTES = 32 * 1024;
    private static final int AHEAD = 5;

    /** What was asked for, and what it was computed from. */
    public interface Load {
        /** Equal keys, equal answers within the time to live. */
        Object key();

        /** Equal when the period means the same instants. */
        Object resolved();

        /** What every write to the site raises. */
        long generation();

        /** Whether an entry whose time is over may be kept when nothing has been written since. */
        default boolean mayBeKept() {
            return true;
        }

        /** Whether to compute it anew before its time is over, for those who keep asking. */
        default boolean ahead() {
            return false;
        }

        /** The body; may take time. */
        Body compute();
    }

    /** A body and its media type. */
    public record Body(String type, byte[] bytes) {}

    /**
     * A kept answer.
     *
     * @param next what replaces it, once somebody computes that
     */
    public record Entry(
            Body body,
            byte[] gzip,
            String tag,
            ApiException error,
            long generation,
            Object resolved,
            long freshUntil,
            AtomicReference<CompletableFuture<Entry>> next) {
        private int weight() {
            return 1 + (body == null ? 0 : body.bytes().length + (gzip == null ? 0 : gzip.length)) / UNIT_BYTES;
        }

        private Entry until(long freshUntil) {
            return new Entry(body, gzip, tag, error, generation, resolved, freshUntil, new AtomicReference<>());
        }

        /** The answer to a request at this moment: the body, 304, or the error. */
        public ApiResponse answer(ApiRequest request, long now) {
            if (error != null) {
                return Answers.error(error);
            }
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("ETag", tag);
            headers.put("Cache-Control", "private, max-age=" + Math.max(0, (freshUntil - now + 999) / 1000));
            headers.put("Vary", "Authorization, Cookie");
            if (matches(request.header("if-none-match"))) {
                return new ApiResponse(304, headers, new byte[0], null);
            }
            headers.put("Content-Type", body.type());
            return new ApiResponse(200, headers, body.bytes(), gzip);
        }

        private boolean matches(String header) {
            if (header == null) {
                return false;
            }
            for (String candidate : header.split(",")) {
                String c = candidate.trim();
                if (c.equals("*") || c.equals(tag) || ("W/" + c).equals(tag)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final String name;
    private final String version;
    private final long ttl;
    private final WorkerPool readers;
    private final InstantSource clock;
    private final AsyncCache<Object, Entry> entries;
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /**
     * @param units how many entries at most; one that holds more than 32 KiB counts as several
     */
    public ReportCache(String name, Duration ttl, int units, String version, WorkerPool readers, InstantSource clock) {
        this.name = name;
        this.version = version;
        this.ttl = ttl.toMillis();
        this.readers = readers;
        this.clock = clock;
        entries = Caffeine.newBuilder()
                .maximumWeight(units)
                .weigher((Object k, Entry e) -> e.weight())
                .expireAfterAccess(Duration.ofMinutes(15))
                .ticker(() -> clock.millis() * 1_000_000)
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
    }

    /** The entry, at once or when it has been computed; the future never fails. */
    public CompletableFuture<Entry> get(Load load) {
        Object key = load.key();
        Entry stale = null;
        while (true) {
            Start start = new Start(stale, load);
            CompletableFuture<Entry> found = entries.get(key, start);
            if (start.started || !found.isDone()) {
                return found;
            }
            Entry entry = found.join();
            long left = entry.freshUntil() - clock.millis();
            if (left > 0) {
                hits.increment();
                if (left <= ttl / AHEAD && load.ahead() && entry.error() == null) {
                    refreshAhead(found, entry, load);
                }
                return found;
            }
            entries.asMap().remove(key, found);
            stale = entry;
        }
    }

    /** Computes an entry anew before its time is over, once, and only while a reader has nothing to do. */
    private void refreshAhead(CompletableFuture<Entry> found, Entry entry, Load load) {
        CompletableFuture<Entry> next = new CompletableFuture<>();
        if (!readers.idle() || !entry.next().compareAndSet(null, next)) {
            return;
        }
        readers.submit(() -> refresh(entry, load)).exceptionally(this::shed).thenAccept(refreshed -> {
            if (refreshed.error() == null) {
                entries.asMap().replace(load.key(), found, CompletableFuture.completedFuture(refreshed));
            }
            next.complete(refreshed);
        });
    }

    private Entry shed(Throwable t) {
        return refused(ErrorMapper.map(t), 0);
    }

    /** Starts to compute an entry, at most once; used by one thread. */
    private final class Start implements BiFunction<Object, Executor, CompletableFuture<Entry>> {
        private final Entry stale;
        private final Load load;
        private boolean started;

        private Start(Entry stale, Load load) {
            this.stale = stale;
            this.load = load;
        }

        @Override
        public CompletableFuture<Entry> apply(Object key, Executor unused) {
            started = true;
            CompletableFuture<Entry> next = stale == null ? null : stale.next().get();
            return next != null && !next.isDone()
                    ? next
                    : readers.submit(() -> refresh(stale, load)).exceptionally(ReportCache.this::shed);
        }
    }

    private Entry refresh(Entry stale, Load load) {
        long start = clock.millis();
        try {
            if (stale != null
                    && stale.error() == null
                    && load.mayBeKept()
                    && stale.resolved().equals(load.resolved())
                    && stale.generation() == load.generation()) {
                kept.increment();
                return stale.until(clock.millis() + ttl);
            }
            return compute(load);
        } catch (ApiException error) {
            return refused(error, FAILURE_MILLIS);
        } catch (RuntimeException e) {
            failures.increment();
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
        return new Entry(null, null, null, error, 0, null, clock.millis() + millis, new AtomicReference<>());
    }

    private Entry compute(Load load) {
        loads.increment();
        // Read before the body: a write in between makes the entry look older than it is, never newer.
        long generation = load.generation();
        Body body = load.compute();
        String tag = tag(generation, load, body.bytes());
        return new Entry(
                body,
                Answers.gzip(body.bytes()),
                tag,
                null,
                generation,
                load.resolved(),
                clock.millis() + ttl,
                new AtomicReference<>());
    }

    private String tag(long generation, Load load, byte[] body) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((version + '\n' + generation + '\n' + load.resolved() + '\n' + load.key())
                    .getBytes(StandardCharsets.UTF_8));
            sha.update(body);
            return "W/\"" + HexFormat.of().formatHex(sha.digest(), 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    public long hits() {
        return hits.sum();
    }

    /** How often a body was computed. */
    public long loads() {
        return loads.sum();
    }

    /** How often an entry was kept because nothing had changed. */
    public long kept() {
        return kept.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public long evictions() {
        return entries.synchronous().stats().evictionCount();
    }

    public long size() {
        return entries.synchronous().estimatedSize();
    }
}
