package io.millrace.server.internal.admin;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Money;
import io.millrace.engine.Payout;
import io.millrace.engine.Payouts;
import io.millrace.engine.Period;
import io.millrace.engine.PlainText;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.Statement;
import io.millrace.server.internal.command.DurationConverter;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.wire.MoneyReader;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace affiliate}. */
@Command(
        name = "affiliate",
        description = "Adds, lists, pays and removes affiliates.",
        subcommands = {
            AffiliateCommand.Add.class,
            AffiliateCommand.ListAll.class,
            AffiliateCommand.Pay.class,
            AffiliateCommand.StatementOf.class,
            AffiliateCommand.Remove.class
        })
public final class AffiliateCommand extends Group {

    private static Affiliate find(Session session, int id) {
        return Session.only(session.ofSites(null, Sites::affiliates), Affiliate::id, id, "affiliate");
    }

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

    @Command(
            name = "pay",
            description =
                    "Records that an affiliate was paid. Prints the number of the payment; the same again changes nothing.")
    static final class Pay extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the affiliate's id")
        private int id;

        @Option(names = "--amount", paramLabel = "N", required = true, description = "such as 12.50")
        private String amount;

        @Option(names = "--currency", paramLabel = "C", required = true, description = "three letters, ISO 4217")
        private String currency;

        @Option(
                names = "--reference",
                paramLabel = "R",
                required = true,
                description = "what the payment is known by, such as that of the bank transfer")
        private String reference;

        private Money money;

        @Override
        protected void check() {
            money = MoneyReader.exact(amount, currency);
            if (money == null) {
                throw usage("--amount: not an amount of --currency: " + amount + " " + currency);
            }
            reference = PlainText.strip(reference);
            payout(0, 0).fault().ifPresent(why -> {
                throw usage("--" + why);
            });
        }

        private Payout payout(int siteId, long now) {
            return new Payout(0, siteId, id, reference, money, now);
        }

        @Override
        protected int run(Session session) {
            Affiliate affiliate = find(session, id);
            Payout sent = payout(affiliate.siteId(), System.currentTimeMillis());
            Payouts.Recorded recorded = Session.await(session.engine().execute(writer -> Payouts.record(writer, sent)));
            sent.conflict(recorded.payout(), false).ifPresent(why -> {
                throw new Failure("--" + why);
            });
            if (recorded.isNew()) {
                session.changed("payout.add", affiliate.siteId(), affiliate.slug() + " " + reference);
            }
            session.out().println(recorded.payout().id());
            return 0;
        }
    }

    @Command(
            name = "statement",
            description =
                    "Prints what is due to an affiliate, by months: month, currency, conversions, revenue, commission,"
                            + " refunded, paid and due at its end, with tabs between; amounts in minor units.")
    static final class StatementOf extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the affiliate's id")
        private int id;

        @Override
        protected int run(Session session) {
            Affiliate affiliate = find(session, id);
            Statement statement = Statement.of(
                    session.engine().storage().reader(),
                    affiliate,
                    new Period(Long.MIN_VALUE, Long.MAX_VALUE),
                    session.site(affiliate.siteId()).zone());
            statement
                    .months()
                    .forEach(m -> session.row(
                            m.month(),
                            m.currency(),
                            m.conversions(),
                            m.revenue(),
                            m.commission(),
                            m.refunded(),
                            m.paid(),
                            m.due()));
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Removes an affiliate with its payments; its visits stay, credited to nobody.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the affiliate's id")
        private int id;

        @Override
        protected int run(Session session) {
            Affiliate affiliate = find(session, id);
            Session.await(session.engine().removeAffiliate(affiliate.siteId(), id));
            session.removed("affiliate", id, affiliate.siteId(), affiliate.slug());
            return 0;
        }
    }
}
