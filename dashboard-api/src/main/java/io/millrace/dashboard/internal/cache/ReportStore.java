package io.millrace.dashboard.internal.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Bounded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the caches of reports keep their answers, within so many bytes together. What guests have asked for is kept apart
 * from what users have, so that whatever guests ask, users find theirs. Thread-safe.
 */
public final class ReportStore {
    /** What an answer holds beside its body: its digests, tag, future, and what the cache keeps with them. */
    private static final int ENTRY_BYTES = 640;

    private static final Duration UNUSED = Duration.ofMinutes(15);

    @Bounded("report_cache_*")
    private final AsyncCache<Digest, Entry> users;

    @Bounded("report_cache_*")
    private final AsyncCache<Digest, Entry> guests;

    /**
     * @param bytes of the heap, a quarter of them for guests
     */
    public ReportStore(long bytes, InstantSource clock, Bounds bounds) {
        InstantSource steady = SteadyClock.of(clock);
        users = cache("users", bytes - bytes / 4, steady, bounds);
        guests = cache("guests", bytes / 4, steady, bounds);
    }

    private static AsyncCache<Digest, Entry> cache(String name, long bytes, InstantSource clock, Bounds bounds) {
        AsyncCache<Digest, Entry> entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Digest k, Entry e) -> e.weight())
                .expireAfterAccess(UNUSED)
                .ticker(() -> clock.millis() * 1_000_000)
                .executor(Runnable::run)
                .evictionListener((Digest k, Entry e, RemovalCause cause) -> e.of().add(CacheCounts.Count.EVICTIONS))
                .buildAsync();
        Policy<Digest, Entry> policy = entries.synchronous().policy();
        bounds.add(
                "report_cache_" + name,
                bytes,
                () -> policy.eviction()
                        .map(Policy.Eviction::weightedSize)
                        .map(OptionalLong::getAsLong)
                        .orElseThrow());
        return entries;
    }

    AsyncCache<Digest, Entry> of(boolean user) {
        return user ? users : guests;
    }

    long size(CacheCounts of) {
        return size(users, of) + size(guests, of);
    }

    private static long size(AsyncCache<Digest, Entry> entries, CacheCounts of) {
        return entries.synchronous().asMap().values().stream()
                .filter(e -> e.of() == of)
                .count();
    }

    /** A body and its media type. */
    public record Body(String type, byte[] bytes) {}

    /**
     * A kept answer.
     *
     * @param of what counts what its cache does
     * @param resolved what stands for what the period meant
     * @param next what replaces it, once somebody computes that
     */
    public record Entry(
            CacheCounts of,
            Body body,
            byte[] gzip,
            String tag,
            ApiException error,
            long generation,
            Digest resolved,
            long freshUntil,
            AtomicReference<CompletableFuture<Entry>> next) {
        private int weight() {
            int bytes = ENTRY_BYTES;
            bytes += body == null ? 0 : body.bytes().length;
            bytes += gzip == null ? 0 : gzip.length;
            return bytes + (error == null ? 0 : 2 * error.getMessage().length());
        }

        /** Whether it may be shown to anybody: failures stay with those who met them. */
        boolean serves(long now) {
            return error == null && freshUntil > now;
        }

        Entry until(long freshUntil) {
            return new Entry(of, body, gzip, tag, error, generation, resolved, freshUntil, new AtomicReference<>());
        }

        /** The answer at this moment: the body, or the error. */
        public ApiResponse answer(long now) {
            if (error != null) {
                return ApiAnswers.error(error);
            }
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("ETag", tag);
            headers.put("Cache-Control", "private, max-age=" + Math.max(0, (freshUntil - now + 999) / 1000));
            headers.put("Vary", "Authorization, Cookie");
            headers.put("Content-Type", body.type());
            return new ApiResponse(200, headers, body.bytes(), gzip);
        }
    }
}
