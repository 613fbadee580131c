package io.millrace.server.internal.instance;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.DashboardApi;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings;
import io.millrace.http.NettyFrontEnd;
import io.millrace.http.StaticFiles;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.log.LogConfigurator;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in front of an {@link Instance} while it is served: HTTP, the dashboard's route, the control socket. */
public final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration DRAINING = Duration.ofSeconds(3);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Duties duties;
    private final Instance instance;
    private final DashboardApi dashboard;

    @Fixed("those that the server was put together with")
    private final List<NettyFrontEnd> frontEnds = new ArrayList<>();

    private final Supplier<Config> settings;
    private ControlServer control;

    private Server(Duties duties, Supplier<Config> settings) {
        this.duties = duties;
        this.instance = duties.instance();
        this.settings = settings;
        ApiKeys keys = new ApiKeys(instance.engine().storage().accounts());
        this.dashboard = new DashboardApi(
                instance.engine(),
                keys,
                Assembly.dashboard(instance.config(), instance.keyring()),
                InstantSource.system(),
                instance.metrics(),
                new ServerOperator(duties));
        Assembly.checkPaths(instance.config(), dashboard);
        instance.onAccountsChanged(dashboard::reload);
        NettyFrontEnd http =
                new NettyFrontEnd(Assembly.http(instance.config()), dashboard, keys, Assembly.files(instance.config()));
        frontEnds.add(http);
        duties.onFindings(http::suspicion);
        if (instance.config().get(Settings.ADMIN_PORT) != null) {
            frontEnds.add(
                    new NettyFrontEnd(Assembly.admin(instance.config()), dashboard.probes(), null, StaticFiles.NONE));
        }
        ServerMetrics.register(
                instance.metrics(), instance.directory(), instance.config().get(Settings.DEAD_LETTER_BYTES), http);
    }

    /**
     * Starts to listen.
     *
     * @param commands runs the command lines that other processes send
     * @param settings reads the settings again
     */
    public static Server start(Duties duties, ControlServer.Commands commands, Supplier<Config> settings)
            throws IOException {
        LogConfigurator.apply(Assembly.log(duties.instance().config()));
        Server server = new Server(duties, settings);
        try {
            server.listen(commands);
            return server;
        } catch (IOException | RuntimeException e) {
            server.release();
            throw e;
        }
    }

    private void listen(ControlServer.Commands commands) throws IOException {
        duties.jobs().start();
        frontEnds.forEach(frontEnd -> frontEnd.start(instance.engine()));
        instance.listensAt(frontEnds.get(0).port());
        instance.onReload(this::reload);
        control = ControlServer.start(instance.directory().controlSocket(), commands);
    }

    /** Reads the settings again and takes up what it can; a line for each that differs. */
    private synchronized List<String> reload() {
        Config before = instance.config();
        Config next = settings.get();
        Config both = before.takingUp(next);
        NettyFrontEnd http = frontEnds.get(0);
        HttpSettings forHttp = Assembly.http(both);
        LogConfigurator.apply(Assembly.log(both));
        http.reload(forHttp);
        dashboard.reload(Assembly.dashboard(both, instance.keyring()));
        instance.takeUp(both);
        List<String> lines = next.changedFrom(before).stream()
                .map(setting -> setting.key() + " = " + next.shown(setting)
                        + (before.takenUp(setting, next)
                                ? " (was " + before.shown(setting) + ")"
                                : " needs a restart; until then it is " + before.shown(setting)))
                .toList();
        lines.forEach(line -> LOG.info("settings: {}", line));
        LOG.info("settings read again: {} differ", lines.size());
        return lines;
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
        duties.close();
        frontEnds.forEach(frontEnd -> frontEnd.drain(DRAINING));
        int lost = instance.close(CLOSING);
        release();
        return lost;
    }

    private void release() {
        duties.close();
        frontEnds.forEach(NettyFrontEnd::close);
        dashboard.close();
    }
}
