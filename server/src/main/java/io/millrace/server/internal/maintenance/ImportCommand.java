package io.millrace.server.internal.maintenance;

import io.millrace.engine.Import;
import io.millrace.engine.Site;
import io.millrace.replay.ImportKind;
import io.millrace.replay.ImportReport;
import io.millrace.replay.ImportSettings;
import io.millrace.replay.SiteImport;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Progress;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.ForeignDatabase;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace import}. */
@Command(
        name = "import",
        description =
                "Brings in files of other trackers, row by row. Files may be gzip or zip. A file that is not what it should be is"
                        + " refused whole, with the line and the reason; one that was stopped goes on when it is run again.",
        subcommands = {
            ImportCommand.Umami.class,
            ImportCommand.GoatCounter.class,
            ImportCommand.Matomo.class,
            ImportCommand.Ga4.class,
            ImportCommand.TrafficSource.class,
            ImportCommand.AccessLog.class,
            ImportCommand.Listing.class,
            ImportCommand.Remove.class
        })
public final class ImportCommand extends Group {

    /** Umami's. */
    @Command(name = "umami", description = "Umami's table website_event as CSV.")
    static final class Umami extends Bring {
        Umami() {
            super(ImportKind.UMAMI);
        }
    }

    /** GoatCounter's. */
    @Command(name = "goatcounter", description = "GoatCounter's export as CSV.")
    static final class GoatCounter extends Bring {
        GoatCounter() {
            super(ImportKind.GOATCOUNTER);
        }
    }

    /** Matomo's. */
    @Command(name = "matomo", description = "Matomo's visits log as CSV.")
    static final class Matomo extends Bring {
        Matomo() {
            super(ImportKind.MATOMO);
        }
    }

    /** Google Analytics'. */
    @Command(name = "ga4", description = "Google Analytics 4: the export to BigQuery as NDJSON.")
    static final class Ga4 extends Bring {
        Ga4() {
            super(ImportKind.GA4);
        }
    }

    /** Traffic Source's. */
    @Command(name = "traffic-source", description = "Traffic Source: its SQLite file.")
    static final class TrafficSource extends Bring {
        TrafficSource() {
            super(ImportKind.TRAFFIC_SOURCE);
        }
    }

    /** Of web servers. */
    @Command(
            name = "access-log",
            description = "Access logs of nginx and Apache in the combined format, rotated ones too.")
    static final class AccessLog extends Bring {
        AccessLog() {
            super(ImportKind.ACCESS_LOG);
        }
    }

    /** Brings files in. */
    abstract static class Bring extends OwnerCommand {
        private final ImportKind kind;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "the files")
        private List<String> files;

        @Option(names = "--site", paramLabel = "ID", required = true, description = "whose they become")
        private int siteId;

        @Option(
                names = "--zone",
                paramLabel = "TZ",
                defaultValue = "UTC",
                description = "what times are in that do not say so (default: UTC)")
        private ZoneId zone;

        @Option(names = "--dry-run", description = "only say what the files have")
        private boolean dryRun;

        @Option(names = "--lenient", description = "leave out rows that cannot be read, and name them")
        private boolean lenient;

        @Option(names = "--days", description = "print what the files have by days of the site")
        private boolean days;

        Bring(ImportKind kind) {
            this.kind = kind;
        }

        @Override
        protected boolean stoppable() {
            return true;
        }

        @Override
        protected int run(Session session) throws IOException {
            session.site(siteId);
            int code = 0;
            for (String file : files) {
                if (session.cancelled().getAsBoolean()) {
                    return 1;
                }
                code = Math.max(code, bring(session, file));
            }
            return code;
        }

        private int bring(Session session, String file) throws IOException {
            ImportSettings settings = new ImportSettings(kind, invocation().file(file), siteId, zone, lenient);
            Progress progress = new Progress(session.err(), session.terminal(), "import");
            ImportReport report;
            try {
                report = new SiteImport(
                                session.engine(),
                                settings,
                                (path, sql, parameters, rows) ->
                                        new ForeignDatabase(path).each(sql, parameters, rows::row))
                        .run(!dryRun, session.cancelled(), progress::show);
            } catch (IllegalArgumentException e) {
                throw new Failure(e.getMessage());
            }
            progress.end();
            report.bad().forEach(line -> session.err().println("millrace: " + line));
            if (days) {
                report.days().forEach((day, hits) -> session.row(day, hits.pageViews(), hits.events()));
            }
            session.out().println(file + ": " + report.rows() + " rows, " + report.total() + said(report));
            report.differences().forEach(line -> session.err().println("millrace: " + line));
            if (report.importId() != 0 && report.complete()) {
                session.changed("import", siteId, settings.kind() + " " + file + ": " + report.stored());
            }
            if (!report.complete()) {
                session.err().println("millrace: stopped before the end; the same command goes on from here");
            }
            return report.complete() && report.differences().isEmpty() ? 0 : 1;
        }

        private static String said(ImportReport report) {
            String first = report.days().isEmpty()
                    ? ""
                    : " from " + report.days().firstKey() + " to "
                            + report.days().lastKey();
            String skipped = report.skipped() == 0 ? "" : ", " + report.skipped() + " rows that do not count";
            if (report.importId() == 0) {
                return first + skipped + " would be imported";
            }
            return first + skipped + "; stored as import " + report.importId() + ": " + report.stored()
                    + (report.duplicate() == 0 ? "" : ", " + report.duplicate() + " were stored before")
                    + (report.filtered() == 0 ? "" : ", " + report.filtered() + " filtered");
        }
    }

    /** {@code millrace import list}. */
    @Command(name = "list", description = "Prints imports: id, site, kind, file, when, state, page views, events.")
    static final class Listing extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            for (Site site : session.engine().sites().all()) {
                if (siteId != null && siteId != site.id()) {
                    continue;
                }
                for (Import i : session.engine().storage().reader().imports(site.id())) {
                    session.row(
                            i.id(),
                            site.id(),
                            i.kind(),
                            i.name(),
                            Instant.ofEpochMilli(i.startedAt()),
                            i.finishedAt() == 0 ? "unfinished" : "complete",
                            i.pageViews(),
                            i.events());
                }
            }
            return 0;
        }
    }

    /** {@code millrace import remove}. */
    @Command(
            name = "remove",
            description =
                    "Removes an import with the visits that its rows opened, in steps, a day each, and counts these days anew.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the import's id")
        private int id;

        @Override
        protected boolean stoppable() {
            return true;
        }

        @Override
        protected int run(Session session) {
            Import brought = session.engine().sites().all().stream()
                    .flatMap(site -> session.engine().storage().reader().imports(site.id()).stream())
                    .filter(i -> i.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new Failure("there is no import " + id));
            AtomicReference<List<Long>> gone = new AtomicReference<>(List.of());
            Removal removal = session.instance().storage().removing(brought, gone::set);
            RowCount removed = session.instance()
                    .remove(
                            removal,
                            step -> session.engine().removeVisits(writer -> step.get(), gone::get),
                            soFar -> !session.cancelled().getAsBoolean());
            session.changed("import.remove", brought.siteId(), brought.name() + ": " + removed);
            session.out().println(removed + " removed");
            return 0;
        }
    }
}
