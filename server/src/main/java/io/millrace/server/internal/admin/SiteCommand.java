package io.millrace.server.internal.admin;

import io.millrace.engine.Site;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace site}. */
@Command(
        name = "site",
        description = "Adds, lists and removes sites.",
        mixinStandardHelpOptions = true,
        subcommands = {SiteCommand.Add.class, SiteCommand.ListAll.class, SiteCommand.Remove.class})
public final class SiteCommand extends Group {

    @Command(
            name = "add",
            description = "Adds a site. Prints its id alone on the first line, then the tag for its pages.",
            mixinStandardHelpOptions = true)
    static final class Add extends OwnerCommand {
        @Parameters(paramLabel = "DOMAIN", description = "the domain, without www.")
        private String domain;

        @Option(names = "--name", paramLabel = "N", description = "what people call it (default: the domain)")
        private String name;

        @Option(
                names = "--timezone",
                paramLabel = "TZ",
                defaultValue = "UTC",
                description = "what a day is, such as Europe/Berlin (default: UTC)")
        private String timezone;

        @Option(names = "--cookieless", description = "drop the ids that browsers send")
        private boolean cookieless;

        @Option(names = "--umami-id", paramLabel = "UUID", description = "the website id that Umami's tracker sends")
        private UUID umamiId;

        @Option(
                names = "--goatcounter-host",
                paramLabel = "H",
                description = "the host that GoatCounter's tracker calls")
        private String goatcounterHost;

        private Site site;

        @Override
        protected boolean creates() {
            return true;
        }

        @Override
        protected void check() {
            String stored = Domain.of(domain);
            if (stored == null) {
                throw usage("DOMAIN: not a domain");
            }
            site = new Site(
                    0,
                    stored,
                    name,
                    zone(),
                    cookieless,
                    Set.of(),
                    Set.of(),
                    false,
                    umamiId == null ? null : umamiId.toString(),
                    goatcounterHost == null ? null : goatcounterHost.toLowerCase(Locale.ROOT));
        }

        private ZoneId zone() {
            try {
                return Site.zoneOf(timezone);
            } catch (DateTimeException e) {
                throw usage("--timezone: no such time zone: " + timezone);
            }
        }

        @Override
        protected int run(Session session) {
            Site taken = session.engine().sites().byDomain(site.domain());
            if (taken != null) {
                throw new Failure(site.domain() + " is site " + taken.id() + " already");
            }
            Site added = Session.await(session.engine().addSite(site));
            session.changed("site.add", added.id(), added.domain());
            session.out().println(added.id());
            session.out().println(Snippet.script(session.instance(), added));
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the sites: id, domain, name and time zone, with tabs between.",
            mixinStandardHelpOptions = true)
    static final class ListAll extends OwnerCommand {
        @Override
        protected int run(Session session) {
            session.engine()
                    .sites()
                    .all()
                    .forEach(site -> session.row(site.id(), site.domain(), site.name(), site.zone()));
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Removes a site with everything that was counted for it.",
            mixinStandardHelpOptions = true)
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the site's id")
        private int id;

        @Override
        protected int run(Session session) {
            Site site = session.site(id);
            Session.await(session.engine().removeSite(id));
            session.changed("site.remove", 0, site.domain());
            session.err().println("millrace: removed site " + id + " (" + site.domain() + ")");
            return 0;
        }
    }
}
