package io.millrace.perf.jmh;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Batch;
import io.millrace.perf.traffic.Beacons;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** SQLite alone: batches that an engine made, each written in its transaction, into a new file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
public class WriteBenchmark {
    private static final int EVENTS = 100_000;

    /** Events a batch. */
    @Param({"10", "100", "1000"})
    public int batch;

    private final List<Batch> batches = new ArrayList<>();
    private Path directory;
    private SqliteStorage storage;

    @Setup(Level.Invocation)
    public void gather() throws IOException {
        batches.clear();
        directory = Files.createTempDirectory("write");
        storage = SqliteStorage.open(directory.resolve("millrace.db"));
        int siteId = storage.writer().saveSite(Site.of("example.com")).id();
        try (Engine engine = Engine.builder(new ForgetfulStorage(batches::add))
                .settings(EngineSettings.DEFAULT.with().maxBatch(batch).build())
                .start()) {
            engine.addSite(Site.of("example.com")).join();
            List<Beacon> drawn = new Beacons(1, siteId).next(EVENTS, 0);
            for (Beacon beacon : drawn) {
                engine.collector().put(beacon);
            }
            engine.flush().join();
        }
        batches.removeIf(each -> each.hits().isEmpty());
    }

    @TearDown(Level.Invocation)
    public void delete() throws IOException {
        storage.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Time per event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void write() {
        for (Batch each : batches) {
            storage.writer().write(each);
        }
    }
}
