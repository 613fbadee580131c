package io.millrace.server.internal.maintenance;

import io.millrace.dashboard.VisitorExport;
import io.millrace.engine.Site;
import io.millrace.replay.ExportSettings;
import io.millrace.replay.SiteExport;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace export}. */
@Command(
        name = "export",
        description =
                "Writes everything of a site to files that millrace replay brings back exactly, or to tables of CSV; or"
                        + " prints everything that a site holds of a visitor, as JSON. Also while a server runs. An export that was"
                        + " stopped goes on when it is run again.")
public final class ExportCommand extends OwnerCommand {
    @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
    private int siteId;

    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {
        @Option(names = "--to", paramLabel = "DIR", description = "where the files go: a new or empty directory")
        private String directory;

        @Option(
                names = "--visitor",
                paramLabel = "V",
                description = "the id that the browser sent, or the 16 digits of a cookieless visitor")
        private String visitor;
    }

    @Option(
            names = "--format",
            defaultValue = "ndjson",
            description = "ndjson: what millrace replay reads; csv: tables of visits, page views, events and payments."
                    + " Default: ${DEFAULT-VALUE}")
    private ExportSettings.Format format;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "only visits that went on after a day of the site (2026-11-01), a moment (2026-11-01T12:00:00Z), or"
                            + " the end of an earlier export: its manifest.json")
    private String since;

    @Option(names = "--gzip", description = "compress the files")
    private boolean gzip;

    @Override
    protected boolean stoppable() {
        return true;
    }

    @Override
    protected int run(Session session) throws IOException {
        Site site = session.site(siteId);
        if (what.visitor != null) {
            session.engine().flush().join();
            session.out()
                    .println(VisitorExport.json(session.engine().storage().reader(), site, what.visitor)
                            .orElseThrow(() -> new Failure("nothing is held of this visitor")));
            return 0;
        }
        return everything(session, site);
    }

    private int everything(Session session, Site site) throws IOException {
        Path directory = invocation().file(what.directory);
        ExportSettings settings = new ExportSettings(directory, format, since(site), gzip);
        SiteExport export = new SiteExport(session.engine(), site, settings);
        Map<String, Long> counts;
        try {
            counts = export.run(session.cancelled(), visits -> say(session, "\rexport: " + visits + " visits written"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        say(session, System.lineSeparator());
        if (counts == null) {
            session.err().println("millrace: stopped before the end; the same command goes on from here");
            return 1;
        }
        session.changed("export", siteId, format + " to " + directory);
        session.out()
                .println(counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
                        .collect(Collectors.joining(", ")));
        return 0;
    }

    private static void say(Session session, String text) {
        if (session.terminal()) {
            session.err().print(text);
            session.err().flush();
        }
    }

    /** UTC milliseconds. */
    private long since(Site site) throws IOException {
        if (since == null) {
            return 0;
        }
        Path manifest = invocation().file(since);
        if (Files.isRegularFile(manifest)) {
            return SiteExport.until(manifest);
        }
        try {
            return since.length() == "2026-11-01".length()
                    ? site.startOfDay((int) LocalDate.parse(since).toEpochDay())
                    : Instant.parse(since).toEpochMilli();
        } catch (DateTimeException e) {
            throw new Failure("--since: neither a day, nor a moment, nor a manifest.json");
        }
    }
}
