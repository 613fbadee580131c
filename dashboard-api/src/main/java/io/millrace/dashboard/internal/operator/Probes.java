package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Health for load balancers and counters for Prometheus; memory only. */
public final class Probes {
    private final Engine engine;
    private final Reports reports;
    private final WorkerPool readers;
    private final LiveStreams live;
    private final Supplier<String> moreMetrics;

    @SnakeCase
    record Readiness(Health.State state, @Nullable String reason, long slotsFree, long inFlight, int queriesWaiting) {}

    public Probes(Engine engine, Reports reports, WorkerPool readers, LiveStreams live, Supplier<String> moreMetrics) {
        this.engine = engine;
        this.reports = reports;
        this.readers = readers;
        this.live = live;
        this.moreMetrics = moreMetrics;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", "/healthz", Permission.NOTHING, call -> Answers.done(Answers.text(200, "ok\n"))),
                Operation.of("GET", "/readyz", Permission.NOTHING, call -> Answers.done(ready(call.principal()))),
                Operation.of("GET", "/metrics", Permission.OWN, call -> Answers.done(metrics())));
    }

    /** One word for everybody, the details for those who may do anything. */
    private ApiResponse ready(Principal principal) {
        if (principal.may(Permission.OWN, 0)) {
            return details();
        }
        int status = status();
        return Answers.text(status, status == 200 ? "ready\n" : "not ready\n");
    }

    private int status() {
        return engine.health().state() == Health.State.RUNNING ? 200 : 503;
    }

    ApiResponse details() {
        Health health = engine.health();
        int status = status();
        return Answers.json(
                status,
                new Readiness(
                        health.state(),
                        health.reason(),
                        engine.remainingSlots(),
                        engine.counters().unsettled(),
                        readers.waiting()));
    }

    ApiResponse metrics() {
        String text = Metrics.text(engine, reports.caches(), readers, live) + moreMetrics.get();
        return Answers.body(200, "text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
