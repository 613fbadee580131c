package io.millrace.server.internal.jobs;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.millrace.engine.spi.Fixed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does jobs at their times, one after the other on a thread of its own, and keeps what came of them. What was due while nothing ran is
 * made up for; what failed is tried again after growing pauses. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final long LOOK_SECONDS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What was done for a time so far ahead was done by a clock that was wrong. */
    private static final Duration AHEAD = Duration.ofHours(26);

    /** Of times that were missed by a job that makes up for each, so many. */
    private static final int MADE_UP = 5;

    @Fixed("those that the server was put together with")
    private final List<Job> jobs;

    private final JobLedger ledger;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setNameFormat("millrace-jobs")
                    .setDaemon(true)
                    .build());

    /** @param file what is known of them */
    public Jobs(List<Job> jobs, Path file, InstantSource clock) {
        this.jobs = List.copyOf(jobs);
        this.ledger = new JobLedger(file);
        this.clock = clock;
    }

    /** Begins to do them. */
    public void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A job and how it stands.
     *
     * @param next when it runs next, a try after a failure included
     */
    public record Status(Job job, JobState state, Instant next) {}

    /** All of them, in their order. */
    public List<Status> all() {
        return jobs.stream().map(this::status).toList();
    }

    private Status status(Job job) {
        JobState state = ledger.of(job.name());
        Instant now = clock.instant();
        boolean due = state.due() == null || state.due().isBefore(job.schedule().latest(now));
        return new Status(
                job, state, due ? max(now, retryAt(state)) : job.schedule().next(now));
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /**
     * Does a job now, whether it is due or not.
     *
     * @return how it stands afterwards; null: there is no job of that name
     */
    public CompletableFuture<Status> run(String name) {
        Job job = jobs.stream().filter(j -> j.name().equals(name)).findFirst().orElse(null);
        if (job == null) {
            return CompletableFuture.completedFuture(null);
        }
        return submit(() -> {
            run(job, job.schedule().latest(clock.instant()));
            return status(job);
        });
    }

    /** Does other work in turn with the jobs. */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Does what is due. The thread's own, and tests'. */
    public void look() {
        for (Job job : jobs) {
            if (thread.isShutdown()) {
                return;
            }
            try {
                look(job);
            } catch (IOException | RuntimeException e) {
                LOG.error("{}: {}", job.name(), e.toString());
            }
        }
    }

    private void look(Job job) throws IOException {
        Instant now = clock.instant();
        Instant latest = job.schedule().latest(now);
        JobState state = ledger.of(job.name());
        if (state.due() != null && state.due().isAfter(now.plus(AHEAD))) {
            LOG.warn("{}: was done for {}, which is to come; the clock was wrong", job.name(), state.due());
            ledger.put(job.name(), new JobState(latest, state.began(), state.ended(), 0, state.said()));
            return;
        }
        if (state.due() == null && job.makeUp() == Job.MakeUp.EACH) {
            ledger.put(job.name(), new JobState(latest, null, null, 0, null));
            return;
        }
        boolean due = state.due() == null || state.due().isBefore(latest);
        if (due && !now.isBefore(retryAt(state))) {
            if (job.makeUp() == Job.MakeUp.LATEST) {
                run(job, latest);
            } else {
                makeUp(job, state.due(), latest);
            }
        }
    }

    private void makeUp(Job job, Instant done, Instant latest) {
        Instant due = latest;
        for (int i = 1; i < MADE_UP && job.schedule().latest(due.minusMillis(1)).isAfter(done); i++) {
            due = job.schedule().latest(due.minusMillis(1));
        }
        while (!due.isAfter(latest) && run(job, due)) {
            due = job.schedule().next(due);
        }
    }

    private static Instant retryAt(JobState state) {
        if (state.failures() == 0 || state.ended() == null) {
            return Instant.MIN;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(state.failures() - 1, 10));
        return state.ended().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** Whether it went well. */
    private boolean run(Job job, Instant due) {
        JobState before = ledger.of(job.name());
        Instant began = clock.instant();
        JobState after;
        try {
            ledger.put(job.name(), new JobState(before.due(), began, null, before.failures(), before.said()));
            String said = job.work().run(due);
            after = new JobState(due, began, clock.instant(), 0, said);
        } catch (Exception e) { // whatever goes wrong with one job, the others go on
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.warn("job {} failed: {}", job.name(), why);
            after = new JobState(before.due(), began, clock.instant(), before.failures() + 1, why);
        }
        try {
            ledger.put(job.name(), after);
        } catch (IOException e) {
            LOG.error("what came of job {} cannot be kept: {}", job.name(), e.toString());
            return false;
        }
        return after.failures() == 0;
    }

    /** Begins no more; one that runs is waited for, a few seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
