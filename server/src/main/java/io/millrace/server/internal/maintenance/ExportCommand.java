package io.millrace.server.internal.maintenance;

import io.millrace.dashboard.VisitorExport;
import io.millrace.engine.Site;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace export}. */
@Command(name = "export", description = "Prints everything that a site holds of a visitor, as JSON.")
public final class ExportCommand extends OwnerCommand {
    @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
    private int siteId;

    @Option(
            names = "--visitor",
            paramLabel = "V",
            required = true,
            description = "the id that the browser sent, or the 16 digits of a cookieless visitor")
    private String visitor;

    @Override
    protected int run(Session session) {
        Site site = session.site(siteId);
        session.engine().flush().join();
        session.out()
                .println(VisitorExport.json(session.engine().storage().reader(), site, visitor)
                        .orElseThrow(() -> new Failure("nothing is held of this visitor")));
        return 0;
    }
}
