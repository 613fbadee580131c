package io.millrace.dashboard;

import io.millrace.dashboard.internal.Dashboard;
import io.millrace.engine.Engine;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The dashboard route over an engine: reports, administration, health and metrics. Thread-safe.
 *
 * <p>It starts a few threads ({@code millrace-read-0} and on) and ends them when it is closed; the engine stays open.
 */
public final class DashboardApi implements Api, AutoCloseable {
    private final Dashboard dashboard;

    /**
     * @param clock the time; only tests need another than the system's
     * @param moreMetrics lines in Prometheus' text format to add to {@code /metrics}: the storage's, the front-end's;
     *     must not wait
     */
    public DashboardApi(
            Engine engine, Keys keys, DashboardSettings settings, InstantSource clock, Supplier<String> moreMetrics) {
        dashboard = new Dashboard(engine, keys, settings, clock, moreMetrics);
    }

    /** With the system's clock and no further metrics. */
    public DashboardApi(Engine engine, Keys keys, DashboardSettings settings) {
        this(engine, keys, settings, InstantSource.system(), () -> "");
    }

    @Override
    public boolean handles(String path) {
        return dashboard.handles(path);
    }

    @Override
    public CompletionStage<ApiResponse> handle(ApiRequest request) {
        return dashboard.handle(request);
    }

    @Override
    public Stream open(ApiRequest request, Consumer<byte[]> send) {
        return dashboard.open(request, send);
    }

    /**
     * A new token with which {@code POST /api/setup} makes the first user, once and within 30 minutes; the one before
     * it is void. It belongs into the fragment of the link that a person opens ({@code /setup#token}), which browsers
     * do not send. Null when there is a user already.
     */
    public String setupToken() {
        return dashboard.setupToken();
    }

    /** Reads users, links and keys again, after they were changed by another way than this API. */
    public void reload() {
        dashboard.reload();
    }

    /**
     * Health and metrics alone, with all their details and without a key: for a port that only operators reach. It works
     * as long as this is open.
     */
    public Api probes() {
        return dashboard.probes();
    }

    /** Closes all streams and ends the threads; requests that wait are answered 503. */
    @Override
    public void close() {
        dashboard.close();
    }
}
