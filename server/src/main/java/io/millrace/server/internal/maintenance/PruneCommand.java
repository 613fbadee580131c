package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.DurationConverter;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Progress;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace prune}. */
@Command(
        name = "prune",
        description =
                "Removes visits that ended long ago, with their page views and events. Daily figures stay, or every report"
                        + " (--keep packs). Goes in small steps between the batches of a running server.")
public final class PruneCommand extends OwnerCommand {
    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            required = true,
            converter = DurationConverter.class,
            description = "how long ago, such as 365d")
    private Duration olderThan;

    @Option(
            names = "--keep",
            paramLabel = "WHAT",
            defaultValue = "figures",
            description =
                    "figures: what reports without a filter need, by day; packs: every report, at a quarter of the"
                            + " size. Default: ${DEFAULT-VALUE}")
    private Keep keep;

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
        Removal old = session.instance().storage().pruning(before, keep);
        RowCount all = old.count();
        RowCount removed = dryRun ? RowCount.NONE : prune(session, old, all);
        if (!dryRun) {
            session.changed("prune", 0, "older than " + olderThan.toDays() + " days: " + removed);
        }
        session.out().println((dryRun ? all : removed) + (dryRun ? " would be removed" : " removed"));
        return 0;
    }

    private static RowCount prune(Session session, Removal old, RowCount all) {
        Progress progress = new Progress(session.err(), session.terminal(), "prune");
        RowCount removed = session.instance().remove(old, soFar -> {
            progress.show(all.visits() == 0 ? 1 : (double) soFar.visits() / all.visits());
            return !session.cancelled().getAsBoolean();
        });
        progress.end();
        return removed;
    }
}
