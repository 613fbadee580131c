package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import java.util.concurrent.atomic.AtomicReference;
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
        Removal held = session.instance().storage().erasing(siteId, visitor);
        if (dryRun) {
            session.out().println(held.count() + " would be removed");
            return 0;
        }
        RowCount removed = erase(session, held);
        session.out().println(removed + " removed");
        if (removed.visits() > 0 && removed.visitors() == 0) {
            session.err().println("stopped before the end: the rest is still there");
            return 1;
        }
        return 0;
    }

    /** The audit tells of what is gone, even when a later step fails. */
    private RowCount erase(Session session, Removal held) {
        AtomicReference<RowCount> all = new AtomicReference<>(RowCount.NONE);
        try {
            all.set(session.instance()
                    .remove(
                            held,
                            step -> session.engine().removeVisitor(siteId, visitor, writer -> step.get()),
                            soFar -> {
                                all.set(soFar);
                                return !session.cancelled().getAsBoolean();
                            }));
            return all.get();
        } finally {
            if (!all.get().isEmpty()) {
                session.changed("visitor.erase", siteId, all.get().toString());
            }
        }
    }
}
