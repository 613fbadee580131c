package io.millrace.engine.internal;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.Uninterruptibles;
import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventProcessorFactory;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AiAgent;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counter;
import io.millrace.engine.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Event;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Health;
import io.millrace.engine.LiveHit;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Past;
import io.millrace.engine.Place;
import io.millrace.engine.Position;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.internal.enrich.AgentParser;
import io.millrace.engine.internal.enrich.Crawlers;
import io.millrace.engine.internal.enrich.Enricher;
import io.millrace.engine.internal.enrich.Identity;
import io.millrace.engine.internal.enrich.Networks;
import io.millrace.engine.internal.enrich.Salts;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.engine.spi.Enrichment;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine over an LMAX Disruptor ring: {@code enrich} then {@code store}. */
public final class RingEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(RingEngine.class);
    private static final int LIVE_REBUILT = 10_000;

    private final Storage storage;
    private final InstantSource clock;
    private final State state;
    private final Bounds bounds = new Bounds();
    private final Identity identity;
    private final Networks dataCenters;
    private final Enricher enricher;

    @Fixed("those that the engine was set up with")
    private final List<Enrichment> enrichments;

    private final DeadLetters deadLetters;
    private final Committer committer;
    private final StoreHandler store;
    private final Withdrawals withdrawals;
    private final RingCollector collector;
    private final Disruptor<Slot> disruptor;

    @Fixed("two handlers")
    private final List<Thread> threads = new ArrayList<>();

    private final Salts salts;
    private final ScheduledExecutorService ticker;

    /** The minute in which salts were last looked at; the clock thread's. */
    private long forgottenAt;

    @Fixed("commands of callers that each wait for theirs")
    private final Queue<Command<?>> waiting = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    /** Starts an engine; see {@link Engine#builder}. */
    public RingEngine(
            Storage storage,
            EngineSettings settings,
            InstantSource clock,
            Path saltFile,
            List<Enrichment> enrichments,
            DeadLetters deadLetters) {
        this.storage = storage;
        this.clock = clock;
        this.enrichments = enrichments;
        this.deadLetters = deadLetters == null ? RingEngine::log : deadLetters;
        storage.register(bounds);
        StorageWriter writer = storage.writer();
        StorageWriter.Catalog catalog = writer.catalog();
        long lastVisitId = writer.lastVisitId();
        state = new State(
                settings,
                new SiteRegistry(catalog),
                catalog.positions(),
                lastVisitId,
                lastVisitId == 0 ? Long.MIN_VALUE / 2 : clock.millis()); // of an empty storage memory knows everything
        state.register(bounds);
        committer = new Committer(state, writer, this.deadLetters, clock);
        Iterator<String> names = List.of("millrace-enrich", "millrace-store").iterator();
        disruptor = new Disruptor<>(
                Slot::new,
                settings.ringSlots(),
                r -> thread(r, names.next()),
                ProducerType.MULTI,
                new ParkingWaitStrategy());
        long mostBytes = Math.min(settings.ringBytes(), writer.mostWaitingBytes());
        collector = new RingCollector(disruptor.getRingBuffer(), state, committer, clock, mostBytes);
        CountDownLatch started = new CountDownLatch(2);
        salts = new Salts(saltFile, settings.visitTimeout(), clock.millis());
        identity = new Identity(salts, settings.addressPrefix(), state.counters);
        AgentParser agents = new AgentParser(settings.agentTime(), System::nanoTime);
        dataCenters = new Networks(settings.dataCenters());
        enricher = new Enricher(state.sites, state.counters, agents, identity, dataCenters, enrichments);
        enricher.register(bounds);
        collector.register(bounds);
        EnrichHandler enrich = new EnrichHandler(enricher, started);
        withdrawals = new Withdrawals(this::execute, state, committer, clock);
        store = new StoreHandler(state, committer, writer, clock, collector, withdrawals, started);
        disruptor.setDefaultExceptionHandler(new Reporting());
        EventProcessorFactory<Slot> storing = (ring, barriers) -> processor(ring, barriers, settings.maxBatch());
        disruptor.handleEventsWith(enrich).then(storing);
        rebuildLive(writer);
        List<Long> begun = writer.withdrawals();
        disruptor.start();
        Uninterruptibles.awaitUninterruptibly(started);
        withdrawals.resume(begun);
        ticker = Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "millrace-clock"));
        ticker.scheduleAtFixedRate(this::tick, 250, 250, TimeUnit.MILLISECONDS);
    }

    /** Whatever goes wrong with the file: handlers have to be woken all the same. */
    private void forgetSalts() {
        long minute = clock.millis() / 60_000;
        if (minute == forgottenAt) {
            return;
        }
        forgottenAt = minute;
        try {
            salts.forget(clock.millis());
        } catch (RuntimeException e) {
            LOG.warn("old salts were not forgotten; tried again in a minute", e);
        }
    }

    private void tick() {
        collector.nudge();
        forgetSalts();
        for (Command<?> first = waiting.peek(); first != null && first.expired(collector.why()); ) {
            waiting.poll();
            first = waiting.peek();
        }
    }

    private BatchEventProcessor<Slot> processor(RingBuffer<Slot> ring, Sequence[] barriers, int maxBatch) {
        BatchEventProcessor<Slot> processor = new BatchEventProcessorBuilder()
                .setMaxBatchSize(maxBatch)
                .build(ring, ring.newBarrier(barriers), store);
        processor.setExceptionHandler(new Reporting());
        return processor;
    }

    private void rebuildLive(StorageWriter writer) {
        long now = clock.millis();
        writer.activeSince(now - LiveTable.SILENT_MILLIS, LIVE_REBUILT)
                .forEach(visit -> state.live.touch(visit, visit.lastActivity(), false));
    }

    /** The handlers catch everything; what still comes here means that one of them is broken. */
    private final class Reporting implements ExceptionHandler<Slot> {
        @Override
        public void handleEventException(Throwable e, long sequence, Slot slot) {
            committer.die(e);
        }

        @Override
        public void handleOnStartException(Throwable e) {
            committer.die(e);
        }

        @Override
        public void handleOnShutdownException(Throwable e) {
            LOG.error("handler failed while stopping", e);
        }
    }

    private static boolean log(Event event, String reason) {
        LOG.error("event set aside nowhere, {}: {}", reason, event);
        return true;
    }

    private Thread thread(Runnable task, String name) {
        Thread thread = daemon(task, name);
        threads.add(thread);
        return thread;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Collector collector() {
        return collector;
    }

    @Override
    public Sites sites() {
        return state.sites;
    }

    @Override
    public Counters counters() {
        return state.counters;
    }

    @Override
    public Health health() {
        Health health = closed ? Health.CLOSED : committer.health();
        return health == Health.RUNNING ? new Health(health.state(), deadLetters.shortage()) : health;
    }

    @Override
    public List<LiveVisitor> live(int siteId) {
        return state.live.of(siteId, clock.millis());
    }

    @Override
    public List<LiveHit> recent(int siteId) {
        return state.recent.of(siteId, clock.millis());
    }

    @Override
    public String visitor(int siteId, String address, String userAgent) {
        Site site = state.sites.byId(siteId);
        return site == null ? null : identity.find(site, address, userAgent, clock.millis());
    }

    @Override
    public Place place(String address) {
        return enrichments.stream()
                .map(enrichment -> enrichment.place(address))
                .filter(place -> place.country() != null)
                .findFirst()
                .orElse(Place.UNKNOWN);
    }

    @Override
    public List<String> faults() {
        return enrichments.stream()
                .flatMap(enrichment -> enrichment.fault().stream())
                .toList();
    }

    @Override
    public Report query(Query query) {
        return storage.reader().query(query);
    }

    @Override
    public List<Report> query(List<Query> queries) {
        return storage.reader().query(queries);
    }

    @Override
    public long generation(int siteId) {
        return storage.reader().generation(siteId);
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public long remainingSlots() {
        return collector.remaining();
    }

    @Override
    public CompletableFuture<Site> addSite(Site site) {
        return updateSite(site.withId(0));
    }

    @Override
    public CompletableFuture<Site> updateSite(Site site) {
        return execute(writer -> {
            Site saved = writer.saveSite(site);
            state.sites.put(saved);
            return saved;
        });
    }

    @Override
    public CompletableFuture<Void> removeSite(int siteId) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> removed = execute(writer -> {
            writer.removeSite(siteId);
            state.sites.remove(siteId);
            state.visits.removeSite(siteId);
            state.live.removeSite(siteId);
            state.recent.removeSite(siteId);
            return null;
        });
        removed.whenCompleteAsync((nothing, failure) -> next(failure, true, siteId, done));
        return done;
    }

    /** Step by step, so that other work gets in between; never on the store thread, which may not wait for itself. */
    private void next(Throwable failure, boolean more, int siteId, CompletableFuture<Void> done) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (more) {
            execute(writer -> writer.removeRest(siteId))
                    .whenCompleteAsync((evenMore, problem) -> next(problem, problem == null && evenMore, siteId, done));
        } else {
            done.complete(null);
        }
    }

    @Override
    public CompletableFuture<Affiliate> saveAffiliate(Affiliate a) {
        Affiliate lower = a.withSlug(a.slug().toLowerCase(Locale.ROOT));
        return execute(writer -> {
            Affiliate saved = writer.saveAffiliate(lower);
            state.sites.put(saved);
            return saved;
        });
    }

    @Override
    public CompletableFuture<Void> removeAffiliate(int siteId, int affiliateId) {
        return execute(writer -> {
            writer.removeAffiliate(affiliateId);
            state.sites.removeAffiliate(affiliateId);
            return null;
        });
    }

    @Override
    public CompletableFuture<Goal> saveGoal(Goal goal) {
        return execute(writer -> {
            goal.fault(state.sites.goals(goal.siteId())).ifPresent(why -> {
                throw new StorageException(StorageException.Kind.CONTENT, why);
            });
            Goal saved = writer.saveGoal(goal);
            state.sites.put(saved);
            return saved;
        });
    }

    @Override
    public CompletableFuture<Void> removeGoal(int siteId, int goalId) {
        return execute(writer -> {
            state.sites.funnels(siteId).stream()
                    .filter(f -> f.uses(goalId))
                    .findFirst()
                    .ifPresent(f -> {
                        throw new StorageException(
                                StorageException.Kind.CONTENT, "the funnel " + f.name() + " uses this goal");
                    });
            writer.removeGoal(siteId, goalId);
            state.sites.removeGoal(goalId);
            return null;
        });
    }

    @Override
    public CompletableFuture<Funnel> saveFunnel(Funnel funnel) {
        return execute(writer -> {
            funnel.fault(state.sites.funnels(funnel.siteId()), state.sites.goals(funnel.siteId()))
                    .ifPresent(why -> {
                        throw new StorageException(StorageException.Kind.CONTENT, why);
                    });
            Funnel saved = writer.saveFunnel(funnel);
            state.sites.put(saved);
            return saved;
        });
    }

    @Override
    public CompletableFuture<Void> removeFunnel(int siteId, int funnelId) {
        return execute(writer -> {
            writer.removeFunnel(siteId, funnelId);
            state.sites.removeFunnel(funnelId);
            return null;
        });
    }

    @Override
    public CompletableFuture<Exclusion> saveExclusion(Exclusion exclusion) {
        return execute(writer -> {
            exclusion.fault(state.sites.exclusions(exclusion.siteId())).ifPresent(why -> {
                throw new StorageException(StorageException.Kind.CONTENT, why);
            });
            Exclusion saved = writer.saveExclusion(exclusion);
            state.sites.put(saved);
            return saved;
        });
    }

    @Override
    public CompletableFuture<Integer> removeExclusion(int siteId, int exclusionId, boolean restore) {
        Exclusion exclusion = state.sites.exclusion(siteId, exclusionId);
        if (exclusion == null) {
            return CompletableFuture.completedFuture(0);
        }
        CompletableFuture<Void> removed = execute(writer -> {
            writer.removeExclusion(siteId, exclusionId);
            state.sites.removeExclusion(exclusionId);
            enricher.endTrial(exclusionId);
            return null;
        });
        return restore
                ? removed.thenCompose(
                        v -> withdrawals.restore(siteId, exclusion.kind().reason(), event -> by(exclusion, event)))
                : removed.thenApply(v -> 0);
    }

    /** Whether an event was left out by a rule that is gone, or withdrawn by it, and by nothing that there is still. */
    private boolean by(Exclusion gone, Event event) {
        Event.Excluded by = event.excluded();
        if (by != null) {
            return by.kept() && by.id() == gone.id();
        }
        Site site = event.site();
        boolean listed = site.hostnames().isEmpty() || site.hostnames().contains(event.hostname());
        return listed
                && gone.isAbout(event)
                && state.sites.exclusions(site.id()).stream().noneMatch(other -> other.isAbout(event));
    }

    @Override
    public long onTrial(int exclusionId) {
        return enricher.onTrial(exclusionId);
    }

    @Override
    public <T> CompletableFuture<T> execute(Function<StorageWriter, T> work) {
        Command<T> command = new Command<>(work, System.nanoTime());
        try {
            collector.command(command);
            waiting.add(command);
        } catch (IllegalStateException e) {
            command.done().completeExceptionally(e);
        }
        return command.done();
    }

    @Override
    public <T> CompletableFuture<T> removeVisitor(int siteId, String visitor, Function<StorageWriter, T> work) {
        return execute(writer -> {
            T done = work.apply(writer);
            state.visits.removeVisitor(siteId, visitor);
            state.live.removeVisitor(siteId, visitor);
            state.recent.removeVisitor(siteId, visitor);
            return done;
        });
    }

    @Override
    public <T> CompletableFuture<T> removeVisits(Function<StorageWriter, T> work, Supplier<Collection<Long>> removed) {
        return execute(writer -> {
            T done = work.apply(writer);
            state.visits.removeVisits(Set.copyOf(removed.get()));
            return done;
        });
    }

    @Override
    public CompletableFuture<Long> withdraw(Withdrawal withdrawal) {
        return withdrawals.withdraw(withdrawal);
    }

    @Override
    public CompletableFuture<Integer> restore(int siteId, Counter reason, Predicate<Event> which) {
        return withdrawals.restore(siteId, reason, which);
    }

    @Override
    public CompletableFuture<Past.Brought> bring(Past past) {
        return execute(writer -> Bringing.run(state, writer, past, clock.millis()));
    }

    @Override
    public Optional<AiAgent> aiAgent(String name) {
        return Optional.ofNullable(name).map(Crawlers.list()::ai);
    }

    @Override
    public Position position(String source) {
        return state.positions.get(source);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return execute(writer -> {
            store.persist();
            return null;
        });
    }

    @Override
    public int close(Duration atMost) {
        if (closed) {
            return committer.failed();
        }
        closed = true;
        long deadline = System.nanoTime() + atMost.toNanos();
        Command<Void> last = Command.last(writer -> {
            store.persist();
            return null;
        });
        CompletableFuture<Void> offered = CompletableFuture.runAsync(() -> collector.close(last));
        if (!settledBy(offered.thenCombine(last.done(), (a, b) -> null), deadline)) {
            committer.giveUp();
            last.done().join();
        }
        MoreExecutors.shutdownAndAwaitTermination(ticker, 10, TimeUnit.SECONDS); // not in the middle of a file
        dataCenters.close();
        disruptor.halt();
        threads.forEach(thread -> Uninterruptibles.joinUninterruptibly(thread, 5, TimeUnit.SECONDS));
        storage.close();
        return committer.failed();
    }

    private static boolean settledBy(CompletableFuture<?> done, long deadline) {
        try {
            done.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            LOG.error("last commands failed", e.getCause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
