package io.millrace.server.internal.instance;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.DashboardApi;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.NettyFrontEnd;
import io.millrace.http.StaticFiles;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.control.ControlServer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Everything in front of an {@link Instance} while it is served: HTTP, the dashboard's route, the control socket. */
public final class Server {
    private static final Duration DRAINING = Duration.ofSeconds(3);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Instance instance;
    private final DashboardApi dashboard;

    @Fixed("those that the server was put together with")
    private final List<NettyFrontEnd> frontEnds = new ArrayList<>();

    private final Retention retention;
    private ControlServer control;

    private Server(Instance instance) {
        this.instance = instance;
        ApiKeys keys = new ApiKeys(instance.engine().storage().accounts());
        this.dashboard = new DashboardApi(
                instance.engine(),
                keys,
                Assembly.dashboard(instance.config()),
                InstantSource.system(),
                instance.metrics());
        Assembly.checkPaths(instance.config(), dashboard);
        instance.onAccountsChanged(dashboard::reload);
        NettyFrontEnd http =
                new NettyFrontEnd(Assembly.http(instance.config()), dashboard, keys, Assembly.files(instance.config()));
        frontEnds.add(http);
        if (instance.config().get(Settings.ADMIN_PORT) != null) {
            frontEnds.add(
                    new NettyFrontEnd(Assembly.admin(instance.config()), dashboard.probes(), null, StaticFiles.NONE));
        }
        ServerMetrics.register(
                instance.metrics(), instance.directory(), instance.config().get(Settings.DEAD_LETTER_BYTES), http);
        retention = new Retention(instance);
    }

    /**
     * Starts to listen.
     *
     * @param commands runs the command lines that other processes send
     */
    public static Server start(Instance instance, ControlServer.Commands commands) throws IOException {
        Server server = new Server(instance);
        try {
            server.listen(commands);
            return server;
        } catch (IOException | RuntimeException e) {
            server.release();
            throw e;
        }
    }

    private void listen(ControlServer.Commands commands) throws IOException {
        retention.start();
        frontEnds.forEach(frontEnd -> frontEnd.start(instance.engine()));
        instance.listensAt(frontEnds.get(0).port());
        control = ControlServer.start(instance.directory().controlSocket(), commands);
    }

    /** Where operators find metrics without a key, or null: there is no such port. */
    public String adminUrl() {
        return frontEnds.size() == 1
                ? null
                : BaseUrl.of("http://", Loopback.address(), frontEnds.get(1).port()) + "/metrics";
    }

    /** A new link that makes the first user, or null: there is one. */
    public String setupLink() {
        String token = dashboard.setupToken();
        return token == null ? null : instance.baseUrl() + "/setup#" + token;
    }

    /**
     * Answers what is in flight, writes what was admitted, closes everything; within about 8 s.
     *
     * @return how many events could not be stored
     */
    public int stop() throws IOException {
        control.close();
        retention.close();
        frontEnds.forEach(frontEnd -> frontEnd.drain(DRAINING));
        int lost = instance.close(CLOSING);
        release();
        return lost;
    }

    private void release() {
        retention.close();
        frontEnds.forEach(NettyFrontEnd::close);
        dashboard.close();
    }
}
