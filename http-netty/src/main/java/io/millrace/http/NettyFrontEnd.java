package io.millrace.http;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiKeys;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.FrontEnd;
import io.millrace.http.internal.HttpServer;
import io.millrace.http.internal.collect.ServerContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The HTTP front-end: beacons of web pages into an engine, the dashboard route out of it, and files. Thread-safe once
 * started; started once.
 */
public final class NettyFrontEnd implements FrontEnd {
    private final HttpSettings settings;
    private final Api api;
    private final ApiKeys keys;
    private final StaticFiles files;
    private final InstantSource clock;
    private HttpServer server;

    /**
     * Sets up a front-end with the system's clock.
     *
     * @param api null: there is no dashboard route
     * @param keys null: no key is known
     */
    public NettyFrontEnd(HttpSettings settings, Api api, ApiKeys keys, StaticFiles files) {
        this(settings, api, keys, files, InstantSource.system());
    }

    /** Sets up a front-end with a clock of its own, which rules its limits in time. */
    public NettyFrontEnd(HttpSettings settings, Api api, ApiKeys keys, StaticFiles files, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings);
        this.api = api;
        this.keys = keys;
        this.files = Objects.requireNonNull(files);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.io.UncheckedIOException when the address is taken, or the certificate cannot be used
     */
    @Override
    public void start(Engine engine) {
        server = new HttpServer(ServerContext.of(settings, api, keys, files, engine, clock));
        try {
            server.listen();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The port that is listened to. */
    public int port() {
        return server.port();
    }

    /** Connections open now. */
    public int connections() {
        return server.connections();
    }

    /** Why visitors may be counted as one, for people: all beacons come by way of a proxy that is not trusted. Null: nothing says so. */
    public String suspicion() {
        return server.suspicion();
    }

    /** How long beacons have waited for their answers, from admission on; those that were not admitted are not among them. */
    public Latencies acknowledgements() {
        return server.acknowledgements();
    }

    /**
     * Takes from other settings what can be taken while it runs: rates, times and sizes of requests, connections of one address, the
     * files of the certificate, and whether requests are logged. Connections that are open keep theirs, but for rates.
     */
    public void reload(HttpSettings next) {
        server.reload(next);
    }

    @Override
    public void drain(Duration atMost) {
        server.drain(atMost);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
