package io.millrace.server.internal.serving;

import io.millrace.engine.Counter;
import io.millrace.engine.Health;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.command.RootCommand;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.ConfigException;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.instance.HangUp;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Server;
import io.millrace.server.internal.instance.Stop;
import io.millrace.storage.sqlite.DatabaseLock;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's life, from taking the directory to giving it back: what {@code serve} and {@code demo} have in common. */
abstract class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final RootCommand millrace;
    private final Invocation invocation;
    private final Config config;
    private final Supplier<Config> settings;
    private final DataDirectory directory;

    /** @param settings reads the settings, as often as it is asked to */
    Serving(RootCommand millrace, Supplier<Config> settings) {
        this.millrace = millrace;
        this.invocation = millrace.typedHere();
        this.settings = settings;
        this.config = settings.get();
        this.directory = new DataDirectory(invocation.file(config.get(Settings.DATA)));
    }

    /** Prepares the data before anybody is served; throws a {@link Failure} when they will not do. */
    void prepare(Instance instance) throws IOException {}

    /** Is called once everything listens. */
    void started(Instance instance, Server server) {}

    /** Is called before everything stops. */
    void stopping() {}

    final void say(String line) {
        invocation.err().println(line);
    }

    final DataDirectory directory() {
        return directory;
    }

    final Invocation invocation() {
        return invocation;
    }

    /** Serves until a signal comes or the engine is dead; answers the exit code. */
    final int run() throws Exception {
        Stop stop = Stop.onSignal();
        int code = 1;
        try (DatabaseLock lock = directory.tryLock()) {
            if (lock == null) {
                throw new Failure(directory.path() + " is in use by another process");
            }
            code = serve(stop, lock);
        } finally {
            stop.done(code);
        }
        return code;
    }

    private int serve(Stop stop, DatabaseLock lock) throws Exception {
        HangUp.runs(() -> {}); // opening may take long, and has read the settings just now
        config.lines().forEach(this::say);
        config.warnings().forEach(warning -> say("millrace: " + warning));
        Instance instance = Instance.open(directory, lock, config);
        Duties duties = new Duties(instance);
        Server server;
        try {
            prepare(instance);
            server = Server.start(duties, millrace.commandsOn(duties), settings);
            HangUp.runs(() -> reload(instance));
        } catch (Exception e) {
            instance.close();
            throw e;
        }
        invocation.out().println("listening on " + instance.baseUrl());
        if (server.adminUrl() != null) {
            say("millrace: metrics at " + server.adminUrl());
        }
        started(instance, server);
        Health health = untilItEnds(duties, stop);
        boolean dead = health.state() == Health.State.DEAD;
        say(dead ? "millrace: stopped working: " + health.reason() : "millrace: stopping");
        HangUp.runs(() -> {});
        stopping();
        int lost = server.stop();
        if (lost > 0) {
            long dropped = instance.engine().counters().total(Counter.DEAD_LETTER_DROPPED);
            say("millrace: " + lost + " events could not be stored; "
                    + (dropped == 0 ? "they" : "those for which there was room")
                    + " are in " + directory.deadLetters());
        }
        return dead || lost > 0 ? 1 : 0;
    }

    private static void reload(Instance instance) {
        try {
            instance.reload();
        } catch (ConfigException e) {
            LOG.error("settings stay as they are: {}", e.getMessage());
        }
    }

    private static Health untilItEnds(Duties duties, Stop stop) throws InterruptedException {
        while (!stop.await(1)) {
            duties.watchClock();
            Health health = duties.instance().engine().health();
            if (health.state() == Health.State.DEAD) {
                return health;
            }
        }
        return Health.RUNNING;
    }
}
