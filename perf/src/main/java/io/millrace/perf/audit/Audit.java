package io.millrace.perf.audit;

import io.millrace.perf.load.Client;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.process.ServerUnderTest.Signal;
import io.millrace.perf.traffic.Format;
import io.millrace.perf.traffic.Requests;
import io.millrace.perf.traffic.Traffic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes the database from a server under load, or kills it again and again, and proves from its database that nothing
 * acknowledged was lost.
 */
public final class Audit {
    private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(15);
    private static final Duration DRAIN = Duration.ofSeconds(120);
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final int LONGEST_FREEZE_MILLIS = 300;
    private static final long LOOK_NANOS = 1_000_000;
    private static final Duration BEFORE_LOCK = Duration.ofSeconds(5);

    private final Millrace server;
    private final Options options;
    private final Consumer<String> progress;
    private final Random random;
    private final Map<Signal, Integer> kills = new EnumMap<>(Signal.class);
    private final List<String> problems = new ArrayList<>();
    private long slowestRecoveryMillis;
    private ForeignLock.Seen locked;
    private long afterLockMillis;

    /**
     * What to do.
     *
     * @param kills how often the server dies
     * @param signals how it may die
     * @param connections of the load
     * @param batch events a request
     * @param seed of everything random
     * @param lock how long another program holds the database's write lock, before any kill; zero: not at all
     */
    public record Options(int kills, List<Signal> signals, int connections, int batch, long seed, Duration lock) {}

    /**
     * What came of it.
     *
     * @param clean whether everything is as promised
     * @param text line by line, for people
     */
    public record Result(boolean clean, String text) {}

    private Audit(Millrace server, Options options, Consumer<String> progress) {
        this.server = server;
        this.options = options;
        this.progress = progress;
        this.random = new Random(options.seed());
    }

    /** Runs an audit; the server has not been started yet, and its data directory is empty. */
    public static Result of(Millrace server, Options options, Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        return new Audit(server, options, progress).run();
    }

    private Result run() throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        server.start();
        AuditLoad load = new AuditLoad(requests(server.site()));
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> work(load), task -> {
            Thread thread = new Thread(task, "audit-client");
            thread.setDaemon(true);
            thread.start();
        });
        if (!options.lock().isZero()) {
            lockOut(load, client);
        }
        killAgainAndAgain(load, client);
        drain(load, client);
        stop(Signal.TERM);
        return judge(load, server.command("verify"), (System.nanoTime() - start) / 1e9);
    }

    private Requests requests(String site) {
        Format format = Format.of(Format.Name.MILLRACE, site, "example.com");
        Traffic traffic = new Traffic(options.seed(), 0, 0);
        return new Requests(traffic, format, format.path(), "127.0.0.1:" + server.port(), options.batch(), "");
    }

    private void work(AuditLoad load) {
        try (Client client = new Client(new InetSocketAddress("127.0.0.1", server.port()), CONNECTION_PATIENCE)) {
            client.add(load, options.connections(), Requests.capacity(options.batch()));
            client.run();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void lockOut(AuditLoad load, CompletableFuture<Void> client) throws IOException, SQLException {
        awaitProgress(load, client);
        LockSupport.parkNanos(BEFORE_LOCK.toNanos());
        locked = ForeignLock.hold(server, load, options.lock());
        long released = System.nanoTime();
        awaitProgress(load, client);
        afterLockMillis = (System.nanoTime() - released) / 1_000_000;
        progress.accept(locked.text());
        LockSupport.parkNanos(BEFORE_LOCK.toNanos());
    }

    private void killAgainAndAgain(AuditLoad load, CompletableFuture<Void> client)
            throws IOException, InterruptedException {
        for (int i = 1; i <= options.kills(); i++) {
            awaitProgress(load, client);
            LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
            Signal signal =
                    options.signals().get(random.nextInt(options.signals().size()));
            stop(signal);
            kills.merge(signal, 1, Integer::sum);
            long restart = System.nanoTime();
            server.start();
            awaitProgress(load, client);
            slowestRecoveryMillis = Math.max(slowestRecoveryMillis, (System.nanoTime() - restart) / 1_000_000);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%d of %d kills (%s), %,d events acknowledged",
                    i,
                    options.kills(),
                    signal,
                    load.acknowledged()));
        }
    }

    /** Waits until the server acknowledges again: a kill before that would test nothing. */
    private void awaitProgress(AuditLoad load, CompletableFuture<Void> client) throws IOException {
        long before = load.acknowledged();
        long end = System.nanoTime() + DRAIN.toNanos();
        while (load.acknowledged() == before) {
            if (System.nanoTime() > end || client.isDone() || !load.problems().isEmpty()) {
                load.abandon();
                throw new IOException(
                        "the server acknowledges nothing " + load.problems() + "; its log:\n" + server.log());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void stop(Signal signal) throws IOException, InterruptedException {
        int exit = server.end(signal, Duration.ofMillis(random.nextInt(LONGEST_FREEZE_MILLIS)));
        if (signal == Signal.TERM && exit != 0) {
            problems.add("exit code " + exit + " after SIGTERM");
        }
    }

    private void drain(AuditLoad load, CompletableFuture<Void> client) throws IOException, InterruptedException {
        load.stop();
        try {
            client.get(DRAIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            load.abandon();
            problems.add("not everything was acknowledged within " + DRAIN.toSeconds() + " s of retries");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        problems.addAll(load.problems());
    }

    private Result judge(AuditLoad load, ServerUnderTest.Output verify, double seconds) throws SQLException {
        List<Proof.Finding> findings =
                new ArrayList<>(Proof.of(load.ids(), server.data().resolve("millrace.db")));
        if (options.kills() == 0) {
            findings.add(new Proof.Finding("requests without an answer", load.unanswered()));
        }
        boolean clean =
                problems.isEmpty() && verify.exit() == 0 && findings.stream().allMatch(f -> f.wrong() == 0);
        StringBuilder text = new StringBuilder();
        line(
                text,
                "seed %d, %d connections, %d events a request, %.0f s",
                options.seed(),
                options.connections(),
                options.batch(),
                seconds);
        if (locked != null) {
            line(text, "%s", locked.text());
            line(
                    text,
                    "first acknowledgement after it: %d ms; slowest answer: %d ms",
                    afterLockMillis,
                    load.slowestMillis());
        }
        if (options.kills() > 0) {
            line(text, "kills: %s; slowest from start to first acknowledgement: %d ms", kills, slowestRecoveryMillis);
        }
        line(
                text,
                "sent %,d events, acknowledged %,d, repeated requests %,d, answers %s",
                load.ids().size(),
                load.ids().acknowledgedCount(),
                load.retried(),
                load.statuses());
        findings.forEach(f -> line(text, "%-66s %d", f.what(), f.wrong()));
        line(text, "%-66s %d", "exit code of verify", verify.exit());
        if (verify.exit() != 0) {
            text.append(verify.text());
        }
        problems.forEach(problem -> line(text, "PROBLEM: %s", problem));
        line(text, clean ? "CLEAN: nothing lost, nothing twice" : "NOT CLEAN");
        return new Result(clean, text.toString());
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
