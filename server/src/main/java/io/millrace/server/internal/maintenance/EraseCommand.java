package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.SqliteStorage;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace erase}. */
@Command(
        name = "erase",
        description = "Removes a visitor of a site with everything held of it, and counts the figures of its days anew:"
                + " in steps, a day each, between the batches of a running server.")
public final class EraseCommand extends OwnerCommand {
    @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
    private int siteId;

    @Option(
            names = "--visitor",
            paramLabel = "V",
            required = true,
            description = "the id that the browser sent, or the 16 digits of a cookieless visitor")
    private String visitor;

    @Option(names = "--dry-run", description = "only say what would go")
    private boolean dryRun;

    @Override
    protected boolean stoppable() {
        return true;
    }

    @Override
    protected int run(Session session) {
        session.site(siteId);
        SqliteStorage storage = session.instance().storage();
        if (dryRun) {
            RowCount all = Session.await(session.engine().execute(writer -> storage.erasable(siteId, visitor)));
            session.out().println(all + " would be removed");
            return 0;
        }
        RowCount removed = erase(session, storage);
        session.out().println(removed + " removed");
        if (removed.visits() > 0 && removed.visitors() == 0) {
            session.err().println("stopped before the end: the rest is still there");
            return 1;
        }
        return 0;
    }

    /** The audit tells of what is gone, even when a later step fails. */
    private RowCount erase(Session session, SqliteStorage storage) {
        RowCount all = RowCount.NONE;
        try {
            while (true) {
                long began = System.nanoTime();
                RowCount step = Session.await(
                        session.engine().removeVisitor(siteId, visitor, writer -> storage.eraseStep(siteId, visitor)));
                all = all.plus(step);
                if (step.isEmpty() || step.visitors() > 0 || session.cancelled().getAsBoolean()) {
                    return all;
                }
                LockSupport.parkNanos(System.nanoTime() - began); // as long for the page views that have waited
            }
        } finally {
            session.changed("visitor.erase", siteId, all.toString());
        }
    }
}
