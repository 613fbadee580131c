package io.millrace.server.internal.admin;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.server.internal.command.DurationConverter;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace affiliate}. */
@Command(
        name = "affiliate",
        description = "Adds, lists and removes affiliates.",
        subcommands = {AffiliateCommand.Add.class, AffiliateCommand.ListAll.class, AffiliateCommand.Remove.class})
public final class AffiliateCommand extends Group {

    @Command(
            name = "add",
            description = "Adds an affiliate. Prints its id alone on the first line, then a link to share.")
    static final class Add extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
        private int siteId;

        @Option(names = "--slug", paramLabel = "S", required = true, description = "what links carry as ref=S")
        private String slug;

        @Option(names = "--name", paramLabel = "N", description = "what people call it (default: the slug)")
        private String name;

        @Option(
                names = "--rate",
                defaultValue = "0.2",
                description = "the share of revenue, 0 to 1 (default: ${DEFAULT-VALUE})")
        private double rate;

        @Option(
                names = "--window",
                defaultValue = "60d",
                converter = DurationConverter.class,
                description = "how long after a visit a conversion counts (default: ${DEFAULT-VALUE})")
        private Duration window;

        @Override
        protected void check() {
            String stored = Affiliate.slugOf(slug);
            if (stored == null) {
                throw usage("--slug: only letters, digits, - and _, at most 64 of them: " + slug);
            }
            slug = stored;
            if (!(rate >= 0 && rate <= 1)) {
                throw usage("--rate: not from 0 to 1: " + rate);
            }
        }

        @Override
        protected int run(Session session) {
            Site site = session.site(siteId);
            if (session.engine().sites().affiliate(siteId, slug) != null) {
                throw new Failure("site " + siteId + " has an affiliate " + slug + " already");
            }
            Affiliate affiliate = Session.await(session.engine()
                    .saveAffiliate(new Affiliate(0, siteId, slug, name == null ? slug : name, rate, window)));
            session.changed("affiliate.add", siteId, slug);
            session.out().println(affiliate.id());
            session.out().println(Snippet.link(site, affiliate));
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the affiliates: id, site, slug, name, rate and window in days, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            session.ofSites(siteId, Sites::affiliates)
                    .forEach(a -> session.row(
                            a.id(),
                            a.siteId(),
                            a.slug(),
                            a.name(),
                            a.rate(),
                            a.window().toDays()));
            return 0;
        }
    }

    @Command(name = "remove", description = "Removes an affiliate; its visits stay, credited to nobody.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the affiliate's id")
        private int id;

        @Override
        protected int run(Session session) {
            Affiliate affiliate =
                    Session.only(session.ofSites(null, Sites::affiliates), Affiliate::id, id, "affiliate");
            Session.await(session.engine().removeAffiliate(affiliate.siteId(), id));
            session.removed("affiliate", id, affiliate.siteId(), affiliate.slug());
            return 0;
        }
    }
}
