package io.millrace.server.internal.admin;

import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.HostNames;
import io.millrace.engine.PathForm;
import io.millrace.engine.Site;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace site}. */
@Command(
        name = "site",
        description = "Adds, lists, changes and removes sites.",
        subcommands = {
            SiteCommand.Add.class,
            SiteCommand.ListAll.class,
            SiteCommand.Change.class,
            SiteCommand.Remove.class
        })
public final class SiteCommand extends Group {
    private static final int DAYS = 30;
    private static final int LOOKED_AT = 5_000;
    private static final String BOTS =
            "what is left out as bots: off, basic (declared ones, agents of AI, prefetching) or"
                    + " strict (also what no browser sends or does)";

    @Command(
            name = "add",
            description = "Adds a site. Prints its id alone on the first line, then the tag for its pages.")
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

        @Option(names = "--bots", paramLabel = "MODE", description = BOTS)
        private BotMode bots = BotMode.BASIC;

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
            String stored = HostNames.withoutWww(HostNames.typed(domain));
            if (stored == null) {
                throw usage("DOMAIN: not a domain");
            }
            site = Site.of(stored)
                    .with(added -> added.name(name)
                            .zone(zone())
                            .cookieless(cookieless)
                            .bots(bots)
                            .umamiId(umamiId == null ? null : umamiId.toString())
                            .goatcounterHost(host()));
        }

        private String host() {
            String host = goatcounterHost == null ? null : HostNames.typed(goatcounterHost);
            if (goatcounterHost != null && host == null) {
                throw usage("--goatcounter-host: not a host: " + goatcounterHost);
            }
            return host;
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

    @Command(name = "list", description = "Lists the sites: id, domain, name and time zone, with tabs between.")
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
            name = "change",
            description =
                    "Changes what is said of a site, and leaves the rest as it is. A new time zone counts its days"
                            + " anew, while beacons come in.")
    static final class Change extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the site's id")
        private int id;

        @Option(names = "--name", paramLabel = "N", description = "what people call it")
        private String name;

        @Option(names = "--timezone", paramLabel = "TZ", description = "what a day is, such as Europe/Berlin")
        private String timezone;

        @Option(
                names = "--hostnames",
                paramLabel = "H,...",
                split = ",",
                description = "the hosts that count; empty: every host does")
        private List<String> hostnames;

        @Option(names = "--cookieless", negatable = true, description = "whether to drop the ids that browsers send")
        private Boolean cookieless;

        @Option(names = "--bots", paramLabel = "MODE", description = BOTS)
        private BotMode bots;

        @Option(
                names = "--allowed-bots",
                paramLabel = "R,...",
                split = ",",
                description = "reasons for which nothing is left out nevertheless; empty: none")
        private List<String> allowedBots;

        @Option(names = "--public-live", negatable = true, description = "whether everybody may see who is there now")
        private Boolean publicLive;

        @Option(
                names = "--keep-params",
                paramLabel = "N,...",
                split = ",",
                description = "parameters of a query that are part of a page's path; empty: none")
        private List<String> keepParams;

        @Option(
                names = "--without-slash",
                negatable = true,
                description = "whether a slash at the end of paths is left out, from now on")
        private Boolean withoutSlash;

        @Option(
                names = "--lower-case",
                negatable = true,
                description = "whether letters of paths become small, from now on")
        private Boolean lowerCase;

        @Option(
                names = "--path-patterns",
                paramLabel = "P,...",
                split = ",",
                description = "paths like the first of these, such as /user/*, become it from now on; empty: none")
        private List<String> pathPatterns;

        @Option(
                names = "--preview",
                description =
                        "change nothing, and print what would become of the commonest 5,000 paths of the last 30 days:"
                                + " how many they are and would be, and examples")
        private boolean preview;

        private ZoneId zone;
        private final Set<String> hosts = new LinkedHashSet<>();
        private final Set<Counter> allowed = EnumSet.noneOf(Counter.class);

        @Override
        protected void check() {
            try {
                zone = timezone == null ? null : Site.zoneOf(timezone);
            } catch (DateTimeException e) {
                throw usage("--timezone: no such time zone: " + timezone);
            }
            for (String text : hostnames == null ? List.<String>of() : hostnames) {
                String host = HostNames.typed(text);
                if (host == null && !text.isBlank()) {
                    throw usage("--hostnames: not a host: " + text);
                }
                if (host != null) {
                    hosts.add(host);
                }
            }
            for (String text : allowedBots == null ? List.<String>of() : allowedBots) {
                if (!text.isBlank()) {
                    allowed.add(reason(text));
                }
            }
        }

        private Counter reason(String text) {
            return Counter.botReasons().stream()
                    .filter(reason -> reason.reason().equals(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> usage("--allowed-bots: no such reason: " + text + "; there are "
                            + Counter.botReasons().stream().map(Counter::reason).collect(Collectors.joining(", "))));
        }

        @Override
        protected int run(Session session) {
            Site before = session.site(id);
            PathForm form = PathForm.of(
                    Objects.requireNonNullElse(withoutSlash, before.pathForm().withoutSlash()),
                    Objects.requireNonNullElse(lowerCase, before.pathForm().lowerCase()),
                    pathPatterns == null ? before.pathForm().typed() : typed(pathPatterns));
            form.fault().ifPresent(why -> {
                throw new Failure(why);
            });
            Set<String> params = keepParams == null ? before.keepParams() : Set.copyOf(typed(keepParams));
            if (preview) {
                show(session, form, before, params);
                return 0;
            }
            Site changed = Session.await(session.engine()
                    .updateSite(before.with(site -> site.name(Objects.requireNonNullElse(name, before.name()))
                            .zone(Objects.requireNonNullElse(zone, before.zone()))
                            .cookieless(Objects.requireNonNullElse(cookieless, before.cookieless()))
                            .pathForm(form)
                            .keepParams(params)
                            .hostnames(hostnames == null ? before.hostnames() : hosts)
                            .bots(Objects.requireNonNullElse(bots, before.bots()))
                            .allowedBots(allowedBots == null ? before.allowedBots() : allowed)
                            .publicLive(Objects.requireNonNullElse(publicLive, before.publicLive())))));
            session.changed("site.update", id, changed.domain());
            session.row(id, changed.domain(), changed.name(), changed.zone());
            return 0;
        }

        private static List<String> typed(List<String> texts) {
            return texts.stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
        }

        private static void show(Session session, PathForm form, Site site, Set<String> params) {
            PathForm.Preview preview = form.preview(
                    session.engine()
                            .query(PathForm.stored(
                                    site.id(),
                                    site.lastDays(DAYS, System.currentTimeMillis()),
                                    site.zone(),
                                    LOOKED_AT)),
                    params);
            session.row(preview.paths(), preview.forms());
            preview.examples().forEach(e -> session.row(e.form(), e.paths(), String.join(" ", e.of())));
        }
    }

    @Command(name = "remove", description = "Removes a site with everything that was counted for it.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the site's id")
        private int id;

        @Override
        protected int run(Session session) {
            Site site = session.site(id);
            Session.await(session.engine().removeSite(id));
            session.removed("site", id, 0, site.domain());
            return 0;
        }
    }
}
