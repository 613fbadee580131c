package io.millrace.perf.hostile;

import io.millrace.perf.audit.Proof;
import io.millrace.perf.hostile.Attack.Layer;
import io.millrace.perf.hostile.Attack.Way;
import io.millrace.perf.hostile.bystander.Bystander;
import io.millrace.perf.hostile.bystander.Bystanders;
import io.millrace.perf.hostile.bystander.Window;
import io.millrace.perf.load.Meter;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.process.ServerUnderTest.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One attack on a server of its own, and what bystanders saw of it. */
final class Trial {
    private static final Duration HASTE = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final Duration COME_BACK = Duration.ofSeconds(5);
    private static final long FREE_MIB = 400;
    private static final long SAMPLE_NANOS = 100_000_000;
    private static final long LOG_BYTES = 1 << 20;

    private final Attack attack;
    private final Ground ground;
    private final Network network;
    private final SmallDisk disk;
    private final Millrace server;
    private final Options options;
    private final boolean tls;
    private final Verdict verdict = new Verdict();
    private long memoryMost;
    private double diedAfter = -1;
    private int readyWhenFull;

    /**
     * How it is done.
     *
     * @param time how long the attack lasts
     * @param cores processors that the attacker may keep busy
     * @param memoryKb anonymous memory that the server may have at most, KiB
     * @param bystanderMillis what the bystanders' 99th percentile may be at most
     * @param tls whether the server speaks TLS also where the attack does not need it
     * @param seed of everything random
     */
    record Options(Duration time, double cores, long memoryKb, double bystanderMillis, boolean tls, long seed) {}

    /**
     * What the server used meanwhile.
     *
     * @param cores processors kept busy
     * @param memoryBeforeKb and at most: anonymous memory
     * @param grownBytes of all files of the data directory
     * @param logBytes that it has logged
     * @param logged an example of that, or empty
     */
    record Used(double cores, long memoryBeforeKb, long memoryMostKb, long grownBytes, long logBytes, String logged) {}

    /**
     * What came of it.
     *
     * @param strangers whether the attackers had a network of their own
     * @param calm what bystanders saw before, by what they do
     * @param meanwhile what they saw during the attack
     * @param bystanderCores processors that they kept busy
     * @param settledSeconds until the law held again; -1: it did not
     * @param problems what is not as promised; none: it stood
     */
    record Result(
            Attack attack,
            boolean strangers,
            boolean tls,
            Attacker.Done done,
            Map<String, Window.Seen> calm,
            Map<String, Window.Seen> meanwhile,
            Used used,
            double bystanderCores,
            double settledSeconds,
            List<String> problems) {}

    private Trial(Attack attack, Ground ground, Network network, SmallDisk disk, Millrace server, Options options) {
        this.attack = attack;
        this.ground = ground;
        this.network = network;
        this.disk = disk;
        this.server = server;
        this.options = options;
        this.tls = secured(attack, options);
    }

    private static boolean secured(Attack attack, Options options) {
        return options.tls() || attack.layer() != Layer.HTTP;
    }

    /**
     * Tries one.
     *
     * @param network where strangers come from, or null: there is none
     * @return null when it needs a disk of its own and may not have one
     */
    static Result of(Attack attack, Ground ground, Network network, Millrace.Setup setup, Options options)
            throws IOException, InterruptedException, SQLException {
        if (!attack.smallDisk()) {
            return of(attack, ground, network, null, setup, options);
        }
        try (SmallDisk disk = SmallDisk.of(FREE_MIB + (ground.bytes() >> 20))) {
            return disk == null ? null : of(attack, ground, network, disk, setup.on(disk.directory()), options);
        }
    }

    private static Result of(
            Attack attack, Ground ground, Network network, SmallDisk disk, Millrace.Setup setup, Options options)
            throws IOException, InterruptedException, SQLException {
        Network theirs = attack.way() == Way.NETWORK ? network : null;
        Millrace.Setup here = theirs == null ? setup : setup.listening(Network.HERE);
        Millrace server = ground.server(here, secured(attack, options));
        try {
            return new Trial(attack, ground, theirs, disk, server, options).run();
        } finally {
            server.delete();
        }
    }

    private Result run() throws IOException, InterruptedException, SQLException {
        server.start();
        Bystanders bystanders = new Bystanders(
                server, tls ? ground.tls(server) : null, ground.adminKey(), ground.password(), options.seed());
        bystanders.begin(HASTE);
        try (Attacker.Waiting attacker = attacker()) {
            LockSupport.parkNanos(WARM_UP.toNanos());
            bystanders.open(Bystander::calm);
            LockSupport.parkNanos(CALM.toNanos());
            bystanders.close(Bystander::calm);
            return run(bystanders, attacker);
        }
    }

    private Result run(Bystanders bystanders, Attacker.Waiting attacker)
            throws IOException, InterruptedException, SQLException {
        Meter meter = new Meter(server.pid(), server.data());
        Meter.Sample before = meter.sample();
        long filesBefore = files();
        bystanders.open(Bystander::attack);
        Attacker.Done done = watch(attacker);
        bystanders.close(Bystander::attack);
        Meter.Sample after = meter.sample();
        long grown = files() - filesBefore;
        if (disk != null) {
            readyWhenFull = ground.ready(server);
            disk.resize(FREE_MIB * 20);
        }
        Law law = new Law(ground, server);
        double settled = law.settles();
        if (disk != null) {
            comeBack(bystanders);
        }
        bystanders.end();
        Map<String, Window.Seen> meanwhile = bystanders.seen(Bystander::attack);
        String log = server.log();
        judge(bystanders, meanwhile, settled < 0 ? law.last() : null, log);
        double seconds = options.time().toMillis() / 1e3;
        Used used = new Used(
                Math.max(0, after.serverCpuNanos() - before.serverCpuNanos()) / 1e9 / seconds,
                before.serverAnonymousKb(),
                memoryMost,
                grown,
                log.length(),
                Verdict.complaint(log));
        return new Result(
                attack,
                network != null,
                tls,
                done,
                bystanders.seen(Bystander::calm),
                meanwhile,
                used,
                (after.ownCpuNanos() - before.ownCpuNanos()) / 1e9 / seconds,
                settled,
                verdict.problems());
    }

    private void comeBack(Bystanders bystanders) {
        LockSupport.parkNanos(COME_BACK.toNanos());
        bystanders.open(Bystander::afterwards);
        LockSupport.parkNanos(CALM.toNanos());
        bystanders.close(Bystander::afterwards);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(server.data())) {
            long bytes = 0;
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.exists(file) ? Files.size(file) : 0;
            }
            return bytes;
        }
    }

    /** Lets the attacker attack, and looks at the server meanwhile. */
    private Attacker.Done watch(Attacker.Waiting attacker) throws IOException {
        long start = System.nanoTime();
        CompletableFuture<String> printed = attacker.attack();
        while (!printed.isDone()) {
            memoryMost = Math.max(memoryMost, Meter.anonymousKb(server.pid()));
            if (diedAfter < 0 && !server.alive()) {
                diedAfter = (System.nanoTime() - start) / 1e9;
            }
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        return Attacker.Done.read(printed.join());
    }

    private Attacker.Waiting attacker() throws IOException {
        Swarm.Orders orders = new Swarm.Orders(options.time(), options.cores(), options.seed(), network != null, tls);
        List<String> command = Attacker.command(attack, ground.target(server), orders);
        return new Attacker.Waiting(network == null ? command : network.inside(command));
    }

    private void judge(Bystanders bystanders, Map<String, Window.Seen> seen, String lawless, String log)
            throws IOException, InterruptedException, SQLException {
        boolean lived = server.alive();
        int exit = server.end(Signal.TERM, Duration.ZERO);
        if (!lived) {
            verdict.died(diedAfter, exit, log);
        } else {
            verdict.must(exit == 0, "the server ended with " + exit + " when asked to");
            verdict.must(lawless == null, "the law does not hold a minute later: " + lawless);
        }
        verdict.must(memoryMost <= options.memoryKb(), "anonymous memory of " + memoryMost / 1024 + " MB");
        seen.forEach((who, each) -> verdict.waiting(who, each, options.bystanderMillis()));
        if (disk == null) {
            seen.forEach(verdict::failing);
        } else {
            verdict.must(readyWhenFull == 503, "with a full disk /readyz says " + readyWhenFull);
            bystanders
                    .seen(Bystander::afterwards)
                    .forEach((who, after) -> verdict.failing("afterwards, " + who, after));
        }
        verdict.must(log.length() <= LOG_BYTES, "it logged " + (log.length() >> 20) + " MB");
        ServerUnderTest.Output verified = server.command("verify");
        verdict.must(verified.exit() == 0, "verify: " + verified.text().strip());
        Proof.amongOthers(bystanders.ids(), server.data().resolve("millrace.db")).stream()
                .filter(finding -> finding.wrong() > 0)
                .forEach(finding -> verdict.add(finding.wrong() + " " + finding.what()));
    }
}
