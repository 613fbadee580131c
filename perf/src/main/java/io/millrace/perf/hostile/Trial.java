package io.millrace.perf.hostile;

import io.millrace.perf.audit.Proof;
import io.millrace.perf.load.Client;
import io.millrace.perf.load.Meter;
import io.millrace.perf.load.Poller;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerProcess;
import io.millrace.perf.process.ServerProcess.Signal;
import io.millrace.perf.traffic.Format;
import io.millrace.perf.traffic.Requests;
import io.millrace.perf.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One attack on a server of its own, and what a bystander saw of it. */
public final class Trial {
    private static final int BEACONS_A_SECOND = 100;
    private static final int CONNECTIONS = 32;
    private static final int REPORTS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final long SAMPLE_NANOS = 100_000_000;
    private static final long SETTLED_NANOS = Duration.ofSeconds(60).toNanos();
    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^(millrace_received_total|millrace_beacons_total|" + "millrace_in_flight)(?:\\{[^}]*})? (-?\\d+)$");

    private final Options options;
    private final Attack attack;
    private final Ground ground;
    private final Millrace server;
    private final List<String> problems = new ArrayList<>();
    private long memoryBefore;
    private long memoryMost;

    /**
     * How it is done.
     *
     * @param time how long the attack lasts
     * @param cores processors that the attacker may keep busy
     * @param memoryKb anonymous memory that the server may have at most, KiB
     * @param bystanderMillis what the bystander's 99th percentile may be at most
     * @param seed of everything random
     */
    public record Options(Duration time, double cores, long memoryKb, double bystanderMillis, long seed) {}

    /**
     * What came of it.
     *
     * @param attack the kind
     * @param done what the attacker did
     * @param bystander the other site's page views
     * @param reports its reports, each another question
     * @param serverCores processors that the server kept busy
     * @param memoryBeforeKb and at most during the attack: anonymous memory of the server
     * @param grownBytes of the database
     * @param problems what is not as promised; none: it stood
     */
    public record Result(
            String attack,
            String what,
            Attacker.Done done,
            Seen bystander,
            Seen reports,
            double serverCores,
            double bystanderCores,
            long memoryBeforeKb,
            long memoryMostKb,
            long grownBytes,
            List<String> problems) {}

    /**
     * Answers to a bystander.
     *
     * @param answered as wished
     * @param refused in any other way, or never
     */
    public record Seen(long answered, long refused, double p50Millis, double p99Millis, double worstMillis) {

        static Seen of(
                org.HdrHistogram.Histogram latency, java.util.Map<Integer, Long> statuses, int good, long never) {
            long answered = statuses.getOrDefault(good, 0L);
            long all = statuses.values().stream().mapToLong(Long::longValue).sum();
            return new Seen(
                    answered,
                    all - answered + never,
                    latency.getValueAtPercentile(50) / 1e3,
                    latency.getValueAtPercentile(99) / 1e3,
                    latency.getMaxValue() / 1e3);
        }
    }

    private Trial(Attack attack, Ground ground, Millrace server, Options options) {
        this.attack = attack;
        this.ground = ground;
        this.server = server;
        this.options = options;
    }

    static Result of(Attack attack, Ground ground, Millrace.Setup setup, Options options)
            throws IOException, InterruptedException, SQLException {
        Millrace server = ground.server(setup);
        try {
            return new Trial(attack, ground, server, options).run();
        } finally {
            server.delete();
        }
    }

    private Result run() throws IOException, InterruptedException, SQLException {
        server.start();
        Bystander bystander = new Bystander(requests(), BEACONS_A_SECOND);
        Poller reports = new Poller(
                paths(), authority(), ground.adminKey(), EVERY, System.nanoTime(), System.nanoTime(), bystander);
        CompletableFuture<Void> client = inBackground(() -> work(bystander, reports));
        LockSupport.parkNanos(BEFORE.toNanos());
        Meter meter = new Meter(server.pid(), server.data());
        Meter.Sample before = meter.sample();
        memoryBefore = before.serverAnonymousKb();
        bystander.measure(true);
        Attacker.Done done = attack();
        bystander.measure(false);
        Meter.Sample after = meter.sample();
        double seconds = options.time().toMillis() / 1e3;
        settle();
        bystander.stop();
        client.join();
        long grown = after.databaseBytes() + after.walBytes() - before.databaseBytes() - before.walBytes();
        Seen views = Seen.of(bystander.latency(), bystander.statuses(), 202, bystander.unanswered());
        Seen answers = Seen.of(reports.latency(), reports.statuses(), 200, reports.failures());
        judge(bystander, views, answers);
        return new Result(
                attack.name(),
                attack.what(),
                done,
                views,
                answers,
                (after.serverCpuNanos() - before.serverCpuNanos()) / 1e9 / seconds,
                (after.ownCpuNanos() - before.ownCpuNanos()) / 1e9 / seconds,
                memoryBefore,
                memoryMost,
                grown,
                problems);
    }

    private Requests requests() {
        Format format = Format.of(Format.Name.MILLRACE, Ground.OTHER, "other.example");
        Traffic traffic = new Traffic(options.seed(), System.currentTimeMillis(), 0);
        return new Requests(traffic, format, format.path(), authority(), 1, Bystander.HEADER);
    }

    private String authority() {
        return "127.0.0.1:" + server.port();
    }

    /** Questions that no cache knows. */
    private static List<String> paths() {
        return IntStream.range(0, REPORTS)
                .mapToObj(i -> "/api/analytics/" + Ground.OTHER + "/overview?period=30d&page=!/nothing-" + i)
                .toList();
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, task -> {
            Thread thread = new Thread(task, "bystander");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void work(Bystander bystander, Poller reports) {
        try (Client client = new Client(new InetSocketAddress("127.0.0.1", server.port()), PATIENCE)) {
            client.add(bystander, CONNECTIONS, Requests.capacity(1));
            client.add(reports, 1, 8 << 10);
            client.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the attacker, and looks at the server's memory meanwhile. */
    private Attacker.Done attack() throws IOException, InterruptedException {
        CompletableFuture<ServerProcess.Output> attacker = CompletableFuture.supplyAsync(this::attacker);
        while (!attacker.isDone()) {
            memoryMost = Math.max(memoryMost, Meter.anonymousKb(server.pid()));
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        return Attacker.Done.read(attacker.join().text());
    }

    private ServerProcess.Output attacker() {
        List<String> command = new ArrayList<>(List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                        .toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:MaxDirectMemorySize=512m",
                "-cp",
                System.getProperty("java.class.path"),
                Attacker.class.getName()));
        command.addAll(List.of(
                Attacker.words(attack, ground.target(server), options.time(), options.cores(), options.seed())));
        try {
            return ServerProcess.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until nothing is in flight; then received must be the sum of the outcomes. */
    private void settle() throws InterruptedException {
        long end = System.nanoTime() + SETTLED_NANOS;
        String last = "no answer";
        while (System.nanoTime() < end) {
            try {
                long[] counts = new long[3];
                Matcher samples = SAMPLE.matcher(ground.metrics(server));
                while (samples.find()) {
                    int which = samples.group(1).endsWith("in_flight")
                            ? 2
                            : samples.group(1).contains("received") ? 0 : 1;
                    counts[which] += Long.parseLong(samples.group(2));
                }
                // The bystander goes on, so a few are always under way.
                if (counts[0] - counts[1] == counts[2] && counts[2] >= 0 && counts[2] <= CONNECTIONS) {
                    return;
                }
                last = "received " + counts[0] + ", ended " + counts[1] + ", in flight " + counts[2];
            } catch (IOException e) {
                last = e.toString();
            }
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        problems.add("the law does not hold a minute later: " + last);
    }

    private void judge(Bystander bystander, Seen views, Seen answers)
            throws IOException, InterruptedException, SQLException {
        must(memoryMost <= options.memoryKb(), "anonymous memory of " + memoryMost / 1024 + " MB");
        must(views.p99Millis() <= options.bystanderMillis(), "a bystander's beacons waited");
        must(answers.p99Millis() <= options.bystanderMillis(), "a bystander's reports waited");
        must(views.refused() * 1000 <= views.answered(), views.refused() + " of a bystander's beacons were not taken");
        must(answers.refused() * 1000 <= answers.answered(), answers.refused() + " of a bystander's reports failed");
        int exit = server.end(Signal.TERM, Duration.ZERO);
        must(exit == 0, "the server ended with " + exit);
        ServerProcess.Output verified = server.command("verify");
        must(verified.exit() == 0, "verify: " + verified.text());
        Proof.amongOthers(bystander.ids(), server.data().resolve("millrace.db")).stream()
                .filter(finding -> finding.wrong() > 0)
                .forEach(finding -> problems.add(finding.wrong() + " " + finding.what()));
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
