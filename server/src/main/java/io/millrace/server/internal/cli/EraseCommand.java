package io.millrace.server.internal.cli;

import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.SqliteStorage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace erase}. */
@Command(
        name = "erase",
        description =
                "Removes a visitor of a site with everything held of it, and counts the figures of its days anew.",
        mixinStandardHelpOptions = true)
final class EraseCommand extends OwnerCommand {
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
    int run(Session session) {
        session.site(siteId);
        SqliteStorage storage = session.instance().storage();
        RowCount rows = dryRun
                ? Session.await(session.engine().execute(writer -> storage.erasable(siteId, visitor)))
                : erase(session, storage);
        if (!dryRun) {
            session.changed("visitor.erase", siteId, Rows.text(rows));
        }
        session.out().println(Rows.text(rows) + (dryRun ? " would be removed" : " removed"));
        return 0;
    }

    private RowCount erase(Session session, SqliteStorage storage) {
        RowCount all = RowCount.NONE;
        RowCount step;
        do {
            step = Session.await(
                    session.engine().removeVisitor(siteId, visitor, writer -> storage.eraseStep(siteId, visitor)));
            all = all.plus(step);
        } while (step.visits() > 0 && step.visitors() == 0);
        return all;
    }
}
