package io.millrace.server.internal.command;

import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.control.ControlClient;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Stop;
import io.millrace.storage.sqlite.DatabaseLock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A command that works on the data. One process owns a data directory, so it runs either here, after taking the lock,
 * or in the process that has it, by the control socket; the command itself does not know which.
 */
public abstract class OwnerCommand extends DataCommand {
    /** How long to wait for an owner that neither answers nor lets go: another command, or a server that comes or goes. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Does the work; answers the exit code. */
    protected abstract int run(Session session) throws Exception;

    /** Whether the command makes sense on a directory without a database, which it then makes. */
    protected boolean creates() {
        return false;
    }

    /** Checks what the command line says before anything is opened; throws a {@link #usage} error. */
    protected void check() {}

    /** Whether the command looks at {@link Session#cancelled} and ends in good order when it is told to. */
    protected boolean stoppable() {
        return false;
    }

    protected final Invocation invocation() {
        return root().invocation();
    }

    @Override
    public final Integer call() throws Exception {
        check();
        Invocation invocation = invocation();
        if (invocation.session() != null) {
            return run(invocation.session());
        }
        Config config = data().config(invocation);
        DataDirectory directory = new DataDirectory(invocation.file(config.get(Settings.DATA)));
        if (!directory.hasDatabase() && !creates()) {
            throw new Failure("there is no database in " + directory.path());
        }
        return hereOrThere(invocation, config, directory);
    }

    private int hereOrThere(Invocation invocation, Config config, DataDirectory directory) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            DatabaseLock lock = directory.tryLock();
            if (lock != null) {
                return here(invocation, config, directory, lock);
            }
            int code = there(invocation, directory);
            if (code >= 0) {
                return code;
            }
            if (System.nanoTime() > deadline) {
                throw new Failure(directory.path() + " is in use by another process, which does not answer");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private int here(Invocation invocation, Config config, DataDirectory directory, DatabaseLock lock)
            throws Exception {
        if (!stoppable()) {
            return here(invocation, config, directory, lock, () -> false);
        }
        Stop stop = Stop.onSignal();
        int code = 1;
        try {
            code = here(invocation, config, directory, lock, stop::wished);
        } finally {
            stop.done(code);
        }
        return code;
    }

    private int here(
            Invocation invocation, Config config, DataDirectory directory, DatabaseLock lock, BooleanSupplier cancelled)
            throws Exception {
        try (lock;
                Instance instance = Instance.open(directory, lock, config);
                Duties duties = new Duties(instance)) {
            return run(new Session(
                    duties,
                    invocation.out(),
                    invocation.err(),
                    invocation.call().terminal(),
                    cancelled));
        }
    }

    /** Answers -1 when nobody listens. */
    private static int there(Invocation invocation, DataDirectory directory) throws IOException {
        return ControlClient.run(directory.controlSocket(), invocation.call(), invocation.out(), invocation.err());
    }
}
