package io.millrace.server.internal.admin;

import io.millrace.dashboard.DashboardApi;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.User;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace segment}. */
@Command(
        name = "segment",
        description = "Adds, lists and removes segments: filters that are saved under a name.",
        subcommands = {SegmentCommand.Add.class, SegmentCommand.ListAll.class, SegmentCommand.Remove.class})
public final class SegmentCommand extends Group {

    private static void refuse(Optional<String> fault) {
        fault.ifPresent(why -> {
            throw new Failure("--" + why);
        });
    }

    @Command(
            name = "add",
            description = "Adds a segment of a site, which everybody has who may read it. Prints its id.")
    static final class Add extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
        private int siteId;

        @Option(names = "--name", paramLabel = "N", required = true, description = "what reports call it: segment=N")
        private String name;

        @Option(
                names = "--filter",
                paramLabel = "F",
                required = true,
                description = "its filters as a query string, such as 'country=DE&device=mobile'")
        private String filter;

        private Segment segment() {
            return new Segment(0, siteId, 0, name, filter, System.currentTimeMillis());
        }

        @Override
        protected void check() {
            segment().fault().ifPresent(why -> {
                throw usage("--" + why);
            });
        }

        @Override
        protected int run(Session session) {
            session.site(siteId);
            refuse(DashboardApi.filterFault(filter, session.engine().sites().goals(siteId)));
            int id = session.changing(accounts -> {
                refuse(segment().conflict(accounts.segments(), accounts.links()));
                return accounts.saveSegment(segment()).id();
            });
            session.changed("segment.add", siteId, name);
            session.out().println(id);
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the segments: id, site, whose (empty: the site's), name and filter, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            session.accounts().segments().stream()
                    .filter(s -> siteId == null || siteId == s.siteId())
                    .forEach(s -> session.row(s.id(), s.siteId(), owner(session, s), s.name(), s.filter()));
            return 0;
        }

        private static String owner(Session session, Segment segment) {
            return session.accounts().users().stream()
                    .filter(u -> u.id() == segment.userId())
                    .findFirst()
                    .map(User::email)
                    .orElse("");
        }
    }

    @Command(name = "remove", description = "Removes a segment, unless a shared link is locked to it.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the segment's id, as listed")
        private int id;

        @Override
        protected int run(Session session) {
            Segment segment = session.changing(accounts -> {
                Segment found = Session.only(accounts.segments().stream(), Segment::id, id, "segment");
                found.lock(accounts.links()).ifPresent(why -> {
                    throw new Failure(why);
                });
                accounts.removeSegment(id);
                return found;
            });
            session.removed("segment", id, segment.siteId(), segment.name());
            return 0;
        }
    }
}
