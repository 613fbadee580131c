package io.millrace.server.internal.admin;

import io.millrace.engine.Exclusion;
import io.millrace.engine.Exclusion.Kind;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace exclude}. */
@Command(
        name = "exclude",
        description = "Says what of a site does not count: adds, tries out, lists, starts, applies and removes rules.",
        subcommands = {
            ExcludeCommand.Add.class,
            ExcludeCommand.Try.class,
            ExcludeCommand.ListAll.class,
            ExcludeCommand.Start.class,
            ExcludeCommand.Apply.class,
            ExcludeCommand.Remove.class
        })
public final class ExcludeCommand extends Group {
    private static Exclusion only(Session session, int id) {
        return Session.only(session.ofSites(null, Sites::exclusions), Exclusion::id, id, "exclusion");
    }

    /** The audit trail is kept for long, and is no place for addresses. */
    private static String said(Exclusion rule) {
        String kind = rule.kind().name().toLowerCase(Locale.ROOT);
        return rule.kind() == Kind.ADDRESS ? kind : kind + " " + rule.pattern();
    }

    /** What a rule is about; * is a wildcard. */
    private static final class About {
        @Option(
                names = "--address",
                paramLabel = "A",
                required = true,
                description = "an address, or a network in CIDR")
        private String address;

        @Option(names = "--hostname", paramLabel = "P", required = true, description = "a host, such as *.test.example")
        private String hostname;

        @Option(names = "--path", paramLabel = "P", required = true, description = "a path, such as /admin/*")
        private String path;

        @Option(names = "--country", paramLabel = "CC", required = true, description = "a country's code, such as DE")
        private String country;

        @Option(
                names = "--query",
                paramLabel = "Q",
                required = true,
                description = "a parameter of the page's address, such as internal or internal=1")
        private String query;

        @Option(names = "--agent", paramLabel = "P", required = true, description = "a user agent, such as *MyMonitor*")
        private String agent;

        private Exclusion rule(int siteId, long from) {
            return address != null
                    ? new Exclusion(0, siteId, Kind.ADDRESS, address, from)
                    : hostname != null
                            ? new Exclusion(0, siteId, Kind.HOSTNAME, hostname, from)
                            : path != null
                                    ? new Exclusion(0, siteId, Kind.PATH, path, from)
                                    : country != null
                                            ? new Exclusion(0, siteId, Kind.COUNTRY, country, from)
                                            : query != null
                                                    ? new Exclusion(0, siteId, Kind.QUERY, query, from)
                                                    : new Exclusion(0, siteId, Kind.AGENT, agent, from);
        }
    }

    /** A rule as it was typed. */
    private abstract static class Typed extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
        private int siteId;

        @ArgGroup(multiplicity = "1")
        private About about;

        final Exclusion rule(long from) {
            return about.rule(siteId, from);
        }

        @Override
        protected final void check() {
            rule(0).fault(List.of()).ifPresent(why -> {
                throw usage(why);
            });
        }
    }

    @Command(
            name = "add",
            description = "Excludes something from now on. Prints the rule's id. In patterns * is a wildcard.")
    static final class Add extends Typed {
        @Option(
                names = "--trial",
                description = "only count for 24 hours what it would leave out, in memory; then it acts")
        private boolean trial;

        @Override
        protected int run(Session session) {
            long now = System.currentTimeMillis();
            Exclusion rule = rule(trial ? now + Exclusion.TRIAL_MILLIS : now);
            session.site(rule.siteId());
            rule.fault(session.engine().sites().exclusions(rule.siteId())).ifPresent(why -> {
                throw new Failure(why);
            });
            Exclusion saved = Session.await(session.engine().saveExclusion(rule));
            session.changed("exclusion.add", saved.siteId(), said(saved));
            session.out().println(saved.id());
            return 0;
        }
    }

    @Command(
            name = "try",
            description =
                    "Prints how many page views and events of the last 7 days a rule would have left out. Addresses,"
                            + " agents and parameters are never stored: such a rule is added with --trial.")
    static final class Try extends Typed {
        @Override
        protected int run(Session session) {
            Exclusion rule = rule(0);
            Site site = session.site(rule.siteId());
            if (rule.kind().stored() == null) {
                throw new Failure("what it is about is never stored: add it with --trial");
            }
            long hits = session.engine().query(rule.lastDays(site, System.currentTimeMillis())).rows().stream()
                    .flatMap(row -> row.metrics().stream())
                    .mapToLong(n -> n)
                    .sum();
            session.out().println(hits);
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the rules: id, site, kind, pattern, since when it acts, how much it left out today, and how"
                            + " much it would have on trial, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            long now = System.currentTimeMillis();
            session.ofSites(siteId, Sites::exclusions).forEach(e -> {
                int today = session.site(e.siteId()).dayOf(now);
                session.row(
                        e.id(),
                        e.siteId(),
                        e.kind().name().toLowerCase(Locale.ROOT),
                        e.pattern(),
                        Instant.ofEpochMilli(e.from()),
                        session.engine()
                                .storage()
                                .reader()
                                .excluded(e.siteId(), today)
                                .getOrDefault(e.id(), 0L),
                        session.engine().onTrial(e.id()));
            });
            return 0;
        }
    }

    @Command(name = "start", description = "Ends the trial of a rule: it acts from now on.")
    static final class Start extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the rule's id")
        private int id;

        @Override
        protected int run(Session session) {
            Exclusion rule = only(session, id);
            long now = System.currentTimeMillis();
            if (!rule.acts(now)) {
                Session.await(session.engine().saveExclusion(rule.withFrom(now)));
                session.changed("exclusion.start", rule.siteId(), said(rule));
            }
            return 0;
        }
    }

    @Command(
            name = "apply",
            description =
                    "Withdraws what is stored already of what a rule on hostnames, paths or countries is about, as if it had"
                            + " never been received. Prints how many page views and events; removing the rule with --restore"
                            + " brings them back for 30 days.")
    static final class Apply extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the rule's id")
        private int id;

        @Override
        protected int run(Session session) {
            Exclusion rule = only(session, id);
            if (rule.kind().stored() == null) {
                throw new Failure("what it is about is never stored: it acts from now on");
            }
            session.out().println(Session.await(session.engine().withdraw(rule.withdrawal())));
            session.changed("exclusion.apply", rule.siteId(), said(rule));
            return 0;
        }
    }

    @Command(name = "remove", description = "Removes a rule. What it left out stays out, unless --restore is given.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the rule's id")
        private int id;

        @Option(
                names = "--restore",
                description =
                        "what it left out counts again, as far as it is kept: that of 30 days, but for what rules on"
                                + " addresses and agents left out. Prints how much.")
        private boolean restore;

        @Override
        protected int run(Session session) {
            Exclusion rule = only(session, id);
            int restored = Session.await(session.engine().removeExclusion(rule.siteId(), id, restore));
            if (restore) {
                session.out().println(restored);
            }
            session.removed("exclusion", id, rule.siteId(), said(rule));
            return 0;
        }
    }
}
