package io.millrace.perf.jmh;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardApi;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.Secrets;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.perf.traffic.Beacons;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A dashboard request whose answer is in the cache, key check and routing included, HTTP not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class CachedReadBenchmark {
    private Engine engine;
    private DashboardApi api;
    private ApiRequest request;

    @Setup
    public void fill() {
        MemoryStorage storage = new MemoryStorage();
        storage.accounts()
                .saveKey(new AccountStore.Key(0, Secrets.hash("key"), AccountStore.Scope.READ, 0, "bench", 0, 0));
        engine = Engine.builder(storage).start();
        int siteId = engine.addSite(Site.of("example.com")).join().id();
        new Beacons(1, siteId).next(1_000, 0).forEach(engine.collector()::put);
        engine.flush().join();
        api = new DashboardApi(engine, new ApiKeys(storage.accounts()), DashboardSettings.DEFAULT);
        request = new ApiRequest(
                "GET",
                "/api/analytics/" + siteId + "/overview",
                Map.of("period", List.of("7d")),
                Map.of("authorization", "Bearer key"),
                "127.0.0.1",
                new byte[0]);
        if (overview().status() != 200) {
            throw new IllegalStateException("answered " + overview().status());
        }
    }

    @TearDown
    public void close() {
        api.close();
        engine.close();
    }

    /** The overview of seven days. */
    @Benchmark
    public ApiResponse overview() {
        return api.find("GET", request.path())
                .handle(request)
                .toCompletableFuture()
                .join();
    }
}
