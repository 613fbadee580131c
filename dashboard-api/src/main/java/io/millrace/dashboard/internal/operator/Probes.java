package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Health for load balancers and counters for Prometheus; memory only. */
public final class Probes {
    private final Engine engine;
    private final WorkerPool readers;
    private final PrometheusRegistry metrics;

    @SnakeCase
    record Readiness(Health.State state, @Nullable String reason, long slotsFree, long inFlight, int queriesWaiting) {}

    public Probes(Engine engine, Reports reports, WorkerPool readers, LiveStreams live, PrometheusRegistry metrics) {
        this.engine = engine;
        this.readers = readers;
        this.metrics = metrics;
        Metrics.register(metrics, engine, reports.caches(), readers, live);
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/healthz", Permission.NOTHING, "Whether the process answers")
                        .withAny()
                        .answers(200, "text/plain")
                        .by(call -> ApiAnswers.done(ApiAnswers.text(200, "ok\n"))),
                Operation.get("/readyz", Permission.NOTHING, "Whether beacons are taken and stored")
                        .withAny()
                        .answers(200, "text/plain")
                        .answers(Readiness.class)
                        .answers(503, "text/plain")
                        .answers(503, "They are not", Readiness.class)
                        .by(call -> ApiAnswers.done(ready(call.principal()))),
                Operation.get("/metrics", Permission.OWN, "Counters in Prometheus' text format")
                        .withAny()
                        .answers(200, "text/plain")
                        .by(call -> ApiAnswers.done(metrics())));
    }

    /** One word for everybody, the details for those who may do anything. */
    private ApiResponse ready(Principal principal) {
        if (principal.may(Permission.OWN, 0)) {
            return details();
        }
        int status = status();
        return ApiAnswers.text(status, status == 200 ? "ready\n" : "not ready\n");
    }

    private int status() {
        return engine.health().state() == Health.State.RUNNING ? 200 : 503;
    }

    ApiResponse details() {
        Health health = engine.health();
        int status = status();
        return ApiAnswers.json(
                status,
                new Readiness(
                        health.state(),
                        health.reason(),
                        engine.remainingSlots(),
                        engine.counters().unsettled(),
                        readers.waiting()));
    }

    ApiResponse metrics() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PrometheusTextFormatWriter.create().write(out, metrics.scrape());
            return ApiAnswers.body(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a buffer in memory throws none
        }
    }
}
