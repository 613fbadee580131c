package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.DurationConverter;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Progress;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.RowCount;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace prune}. */
@Command(
        name = "prune",
        description =
                "Removes visits that ended long ago, with their page views and events. Daily figures stay. Goes in"
                        + " small steps between the batches of a running server.")
public final class PruneCommand extends OwnerCommand {
    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            required = true,
            converter = DurationConverter.class,
            description = "how long ago, such as 365d")
    private Duration olderThan;

    @Option(names = "--dry-run", description = "only say what would go")
    private boolean dryRun;

    @Override
    protected void check() {
        if (olderThan.compareTo(Duration.ofDays(1)) < 0) {
            throw usage("--older-than: at least 1d");
        }
    }

    @Override
    protected boolean stoppable() {
        return true;
    }

    @Override
    protected int run(Session session) {
        long before = System.currentTimeMillis() - olderThan.toMillis();
        RowCount all = session.instance().storage().prunable(before);
        RowCount removed = dryRun ? RowCount.NONE : prune(session, before, all);
        if (!dryRun) {
            session.changed("prune", 0, "older than " + olderThan.toDays() + " days: " + removed);
        }
        session.out().println((dryRun ? all : removed) + (dryRun ? " would be removed" : " removed"));
        return 0;
    }

    private static RowCount prune(Session session, long before, RowCount all) {
        Progress progress = new Progress(session.err(), session.terminal(), "prune");
        RowCount removed = session.instance().prune(before, soFar -> {
            progress.show(all.visits() == 0 ? 1 : (double) soFar.visits() / all.visits());
            return !session.cancelled().getAsBoolean();
        });
        progress.end();
        return removed;
    }
}
