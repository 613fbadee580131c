package io.millrace.engine;

import io.millrace.engine.internal.RingEngine;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.engine.spi.Enrichment;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A running analytics engine: beacons go in by its {@link Collector}, reports come out by {@link #query}. Thread-safe.
 *
 * <pre>{@code
 * Engine engine = Engine.builder(storage).start();
 * Site site = engine.addSite(Site.of("example.com")).join();
 * engine.collector().put(Beacon.pageview(site.id()).url("https://example.com/").visitorId("v1").build());
 * }</pre>
 */
public interface Engine extends AutoCloseable {

    /** Starts to set up an engine over a storage, which the engine will close. */
    static Builder builder(Storage storage) {
        return new Builder(storage);
    }

    /** The way in. */
    Collector collector();

    /** The sites, affiliates, goals, funnels and exclusions known. */
    Sites sites();

    /** What has been counted since the start. */
    Counters counters();

    /** Whether it works. */
    Health health();

    /** Who is on a site now, most recently active first; from memory. */
    List<LiveVisitor> live(int siteId);

    /** The latest page views and custom events of a site, of half an hour at most, the latest first; from memory, empty after a start. */
    List<LiveHit> recent(int siteId);

    /**
     * Who a client without an id of its own is on a site today: what its events are counted under. Null when nobody
     * without an id has been there since the site's midnight.
     */
    String visitor(int siteId, String address, String userAgent);

    /** Where an address is, by the first enrichment that knows its country; {@link Place#UNKNOWN} when none does. */
    default Place place(String address) {
        return Place.UNKNOWN;
    }

    /** What keeps enrichments from being up to date, for who runs this. */
    default List<String> faults() {
        return List.of();
    }

    /** Answers a query from committed state, on the caller's thread. */
    Report query(Query query);

    /** Answers several queries, in their order: those of the same site, period and filters are cheaper together. */
    default List<Report> query(List<Query> queries) {
        return queries.stream().map(this::query).toList();
    }

    /** See {@link io.millrace.engine.spi.StorageReader#generation}. */
    long generation(int siteId);

    /** The storage that it writes to; its writer is the store thread's alone. */
    Storage storage();

    /** What strangers can make grow in memory, with its bounds in bytes; front-ends add theirs. */
    Bounds bounds();

    /** Slots of the ring that are free now, out of {@link EngineSettings#ringSlots()}. */
    long remainingSlots();

    /** Adds a site. Completes exceptionally when the domain is taken. */
    CompletableFuture<Site> addSite(Site site);

    /** Changes a site. */
    CompletableFuture<Site> updateSite(Site site);

    /** Removes a site with all that was counted for it. */
    CompletableFuture<Void> removeSite(int siteId);

    /** Adds or changes an affiliate; its slug becomes lower case. */
    CompletableFuture<Affiliate> saveAffiliate(Affiliate affiliate);

    /** Removes an affiliate. */
    CompletableFuture<Void> removeAffiliate(int siteId, int affiliateId);

    /** Adds or changes a goal. Completes exceptionally when it has a {@link Goal#fault}. */
    CompletableFuture<Goal> saveGoal(Goal goal);

    /** Removes a goal; what completed it stays. Completes exceptionally when a funnel uses it. */
    CompletableFuture<Void> removeGoal(int siteId, int goalId);

    /** Adds or changes a funnel. Completes exceptionally when it has a {@link Funnel#fault}. */
    CompletableFuture<Funnel> saveFunnel(Funnel funnel);

    /** Removes a funnel. */
    CompletableFuture<Void> removeFunnel(int siteId, int funnelId);

    /**
     * Adds or changes an exclusion, which acts from its own time on. Completes exceptionally when it has a
     * {@link Exclusion#fault}.
     */
    default CompletableFuture<Exclusion> saveExclusion(Exclusion exclusion) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes an exclusion.
     *
     * @param restore whether what was kept of what it left out, or {@link Exclusion#withdrawal withdrew}, counts from now on, as by
     *     {@link #restore}
     * @return how many events count again
     */
    default CompletableFuture<Integer> removeExclusion(int siteId, int exclusionId, boolean restore) {
        throw new UnsupportedOperationException();
    }

    /** How many events an exclusion would have left out since the start while it was on trial. */
    default long onTrial(int exclusionId) {
        return 0;
    }

    /**
     * Runs work on the store thread, after everything offered so far has been written and before anything later is.
     * Every write that is not an event goes this way.
     */
    <T> CompletableFuture<T> execute(Function<StorageWriter, T> work);

    /**
     * Runs work on the store thread, as {@link #execute}, that removes a visitor from the storage, and forgets its
     * visits in memory: the visitor's next event finds nothing of it. Where the work removes a visitor in steps, each step
     * goes this way; an event between two of them opens a visit of its own, which the last step removes too.
     *
     * @param visitor the id as sent, or the 16 digits of a cookieless visitor
     */
    <T> CompletableFuture<T> removeVisitor(int siteId, String visitor, Function<StorageWriter, T> work);

    /**
     * Runs work on the store thread, as {@link #execute}, that removes visits from the storage, and forgets these in memory.
     *
     * @param removed the ids of the visits that a work has removed
     */
    <T> CompletableFuture<T> removeVisits(Function<StorageWriter, T> work, Supplier<Collection<Long>> removed);

    /**
     * Takes stored hits out of what counts, as if they had never been received: out of rows, roll-ups and packs, a little at a time, so
     * that nobody's beacons wait. They are kept with the reason, as what is left out when it comes, and {@link #restore} brings them
     * back exactly; the ledger moves them from stored to filtered, on the day on which they came as far as that is known. Begun is
     * done: a restart goes on with it. Whoever asks sees to it that what comes from now on is left out, too. Hits of which there
     * are no rows any more stay as they are. See {@code docs/figures.md}.
     *
     * @return how many hits count no more
     */
    CompletableFuture<Long> withdraw(Withdrawal withdrawal);

    /**
     * Brings back what was kept of a site as not counting for a reason: it counts as if it had been received then, or as it
     * did before it was withdrawn, and the ledger has it as stored, on the day on which it came. What is not known any more whether
     * it is a repeat stays as it is. Counters since the start ({@link #counters}) go on saying what was decided when it came.
     *
     * @param reason one of the {@code FILTERED_} counters
     * @param which what of it
     * @return how many events count again
     */
    CompletableFuture<Integer> restore(int siteId, Counter reason, Predicate<Event> which);

    /** Brings back all that was kept for a reason. */
    default CompletableFuture<Integer> restore(int siteId, Counter reason) {
        return restore(siteId, reason, event -> true);
    }

    /**
     * Stores what was counted elsewhere as it was, in one transaction. A visit that is stored already (the same visitor, session and
     * start) gets only the hits that it does not have.
     */
    CompletableFuture<Past.Brought> bring(Past past);

    /** The agent of AI with this name, of the list that comes with the engine. */
    default Optional<AiAgent> aiAgent(String name) {
        return Optional.empty();
    }

    /** How far a source has been read as committed, or null. */
    Position position(String source);

    /** Completes when everything offered before is settled, and the counters and heartbeats are persisted. */
    CompletableFuture<Void> flush();

    /**
     * Stops: admits nothing more, writes what was admitted, closes the storage. What could not be written within the
     * time goes to the dead letters.
     *
     * @return how many events could not be stored
     */
    int close(Duration atMost);

    /** Closes within 30 s. */
    @Override
    default void close() {
        close(Duration.ofSeconds(30));
    }

    /** Gathers how an engine is set up. Not thread-safe. */
    final class Builder {
        private final Storage storage;
        private EngineSettings settings = EngineSettings.DEFAULT;
        private InstantSource clock = InstantSource.system();
        private Path salts;
        private final List<Enrichment> enrichments = new ArrayList<>();
        private DeadLetters deadLetters;

        private Builder(Storage storage) {
            this.storage = Objects.requireNonNull(storage);
        }

        /** How large everything is; the defaults are right for most. */
        public Builder settings(EngineSettings settings) {
            this.settings = Objects.requireNonNull(settings);
            return this;
        }

        /** The time; only tests need another than the system's. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /**
         * The file that keeps the daily salts of cookieless visitors over a restart, readable by its owner only.
         * Without one they live in memory.
         */
        public Builder salts(Path file) {
            this.salts = file;
            return this;
        }

        /** Adds an enrichment behind those before. */
        public Builder enrichment(Enrichment enrichment) {
            enrichments.add(Objects.requireNonNull(enrichment));
            return this;
        }

        /** Where unstorable events go; without one they are logged (without content) and counted. */
        public Builder deadLetters(DeadLetters deadLetters) {
            this.deadLetters = deadLetters;
            return this;
        }

        /** Starts the engine's threads; returns when it takes beacons. */
        public Engine start() {
            return new RingEngine(storage, settings, clock, salts, List.copyOf(enrichments), deadLetters);
        }
    }
}
