package io.millrace.server.internal.admin;

import io.millrace.engine.spi.AccountStore.Annotation;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace annotation}. */
@Command(
        name = "annotation",
        description = "Adds, lists and removes annotations: what happened, for a moment of a site's graph.",
        subcommands = {AnnotationCommand.Add.class, AnnotationCommand.ListAll.class, AnnotationCommand.Remove.class})
public final class AnnotationCommand extends Group {

    private static Stream<Annotation> all(Session session, Integer siteId) {
        return session.ofSites(siteId, (sites, id) -> session.accounts().annotations(id));
    }

    @Command(name = "add", description = "Adds an annotation, as from a script that deploys. Prints its id.")
    static final class Add extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
        private int siteId;

        @Option(names = "--text", paramLabel = "T", required = true, description = "what happened")
        private String text;

        @Option(
                names = "--time",
                paramLabel = "TIME",
                description = "when, such as 2026-11-20T13:00:00Z (default: now)")
        private String time;

        private Annotation annotation() {
            return new Annotation(0, siteId, millis(), text, "command line");
        }

        private long millis() {
            long now = System.currentTimeMillis();
            try {
                long at = time == null
                        ? now
                        : OffsetDateTime.parse(time).toInstant().toEpochMilli();
                if (at >= 0 && at <= now) {
                    return at;
                }
            } catch (DateTimeException | ArithmeticException e) {
                // falls through to the one refusal that names the form
            }
            throw usage("--time: must be a time like 2026-11-20T13:00:00Z, not ahead");
        }

        @Override
        protected void check() {
            annotation().fault().ifPresent(why -> {
                throw usage("--" + why);
            });
        }

        @Override
        protected int run(Session session) {
            session.site(siteId);
            int id = session.changing(accounts -> {
                Annotation.full(accounts.annotations(siteId)).ifPresent(why -> {
                    throw new Failure("--" + why);
                });
                return accounts.saveAnnotation(annotation()).id();
            });
            session.changed("annotation.add", siteId, text);
            session.out().println(id);
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the annotations by time: id, site, time, author and text, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            all(session, siteId)
                    .forEach(
                            a -> session.row(a.id(), a.siteId(), Instant.ofEpochMilli(a.time()), a.author(), a.text()));
            return 0;
        }
    }

    @Command(name = "remove", description = "Removes an annotation.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the annotation's id, as listed")
        private int id;

        @Override
        protected int run(Session session) {
            Annotation annotation = Session.only(all(session, null), Annotation::id, id, "annotation");
            session.change(accounts -> accounts.removeAnnotation(id));
            session.removed("annotation", id, annotation.siteId(), annotation.text());
            return 0;
        }
    }
}
