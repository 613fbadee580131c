package io.millrace.dashboard.internal;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.Keys;
import io.millrace.engine.Engine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of the dashboard route together. Thread-safe. */
public final class Dashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private final Readers readers;
    private final Readers live;
    private final Router router;

    public Dashboard(
            Engine engine, Keys keys, DashboardSettings settings, InstantSource clock, Supplier<String> moreMetrics) {
        readers = new Readers("millrace-read", settings.readers(), settings.queue());
        live = new Readers("millrace-live", 1, settings.queue());
        Reports reports = new Reports(engine, settings, readers, live, clock);
        Probes probes = new Probes(engine, reports, readers, moreMetrics);
        List<Route> routes = new ArrayList<>();
        routes.addAll(reports.routes());
        routes.addAll(probes.routes());
        router = new Router(routes, new Access(keys), engine.sites());
    }

    public boolean handles(String path) {
        return router.handles(path);
    }

    /** The answer; never fails. */
    public CompletableFuture<ApiResponse> handle(ApiRequest request) {
        try {
            return router.handle(request).exceptionally(Dashboard::failed);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private static ApiResponse failed(Throwable t) {
        Refusal refusal = Failures.refusal(t);
        if (refusal.status() == 500) {
            LOG.error("a request failed", t);
        }
        return Answers.error(refusal);
    }

    public Api.Stream open(ApiRequest request, Consumer<byte[]> send) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        readers.close();
        live.close();
    }
}
