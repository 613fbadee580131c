package io.millrace.server.internal;

import io.millrace.dashboard.DashboardApi;
import io.millrace.dashboard.Keys;
import io.millrace.http.NettyFrontEnd;
import io.millrace.server.internal.cli.CommandLines;
import io.millrace.server.internal.control.ControlServer;
import java.io.IOException;
import java.time.Duration;

/** Everything in front of an {@link Instance} while it is served: HTTP, the dashboard's route, the control socket. */
public final class Server {
    private static final Duration DRAINING = Duration.ofSeconds(3);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Instance instance;
    private final DashboardApi dashboard;
    private final NettyFrontEnd http;
    private final ControlServer control;

    private Server(Instance instance, DashboardApi dashboard, NettyFrontEnd http, ControlServer control) {
        this.instance = instance;
        this.dashboard = dashboard;
        this.http = http;
        this.control = control;
    }

    /** Starts to listen. */
    public static Server start(Instance instance) throws IOException {
        Keys keys = new Keys(instance.engine().storage().accounts());
        instance.onAccountsChanged(keys::reload);
        DashboardApi dashboard = new DashboardApi(instance.engine(), keys, Assembly.dashboard(instance.config()));
        NettyFrontEnd http =
                new NettyFrontEnd(Assembly.http(instance.config()), dashboard, keys, Assembly.files(instance.config()));
        http.start(instance.engine());
        instance.listensAt(http.port());
        ControlServer control = ControlServer.start(
                instance.directory().controlSocket(),
                (call, out, err, cancelled) -> CommandLines.run(call, instance, out, err, cancelled));
        return new Server(instance, dashboard, http, control);
    }

    /**
     * Answers what is in flight, writes what was admitted, closes everything; within about 8 s.
     *
     * @return how many events could not be stored
     */
    public int stop() throws IOException {
        control.close();
        http.drain(DRAINING);
        int lost = instance.close(CLOSING);
        http.close();
        dashboard.close();
        return lost;
    }
}
