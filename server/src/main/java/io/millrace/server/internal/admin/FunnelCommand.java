package io.millrace.server.internal.admin;

import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Sites;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace funnel}. */
@Command(
        name = "funnel",
        description = "Adds, lists, changes and removes funnels: steps that a site wants its visitors to take.",
        subcommands = {
            FunnelCommand.Add.class,
            FunnelCommand.ListAll.class,
            FunnelCommand.Change.class,
            FunnelCommand.Remove.class
        })
public final class FunnelCommand extends Group {
    private static final String PAGE = "page";
    private static final String EVENT = "event";
    private static final String GOAL = "goal";
    private static final String PROPERTY = "prop.";

    private static Funnel only(Session session, int id) {
        return Session.only(session.ofSites(null, Sites::funnels), Funnel::id, id, "funnel");
    }

    /** A funnel as it was typed. */
    private abstract static class Save extends OwnerCommand {
        @Option(names = "--name", paramLabel = "N", required = true, description = "what reports call it")
        private String name;

        @Option(
                names = "--step",
                paramLabel = "STEP",
                required = true,
                description =
                        "page=/pricing*, event=Signup, \"event=Signup&prop.plan=pro\", or goal= with a goal's name or id; 2 to 8, in order")
        private List<String> steps;

        @Option(names = "--strict", description = "each step must be the visitor's very next page view or event")
        private boolean strict;

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "how many days a visitor has for all steps; without it, they must be taken in one visit")
        private int days;

        final Funnel save(Session session, int id, int siteId) {
            Collection<Goal> goals = session.engine().sites().goals(siteId);
            List<Funnel.Step> read = new ArrayList<>();
            for (String step : steps) {
                read.add(step(step, goals));
            }
            Funnel funnel = new Funnel(id, siteId, name, read, strict, days);
            funnel.fault(session.engine().sites().funnels(siteId), goals).ifPresent(why -> {
                throw new Failure("--" + why.replaceFirst("^steps: ", "step: "));
            });
            Funnel saved = Session.await(session.engine().saveFunnel(funnel));
            session.changed(id == 0 ? "funnel.add" : "funnel.update", siteId, saved.name());
            return saved;
        }

        private static Funnel.Step step(String text, Collection<Goal> goals) {
            String page = null;
            String event = null;
            int goal = 0;
            Map<String, String> props = new HashMap<>();
            for (String part : text.split("&")) {
                int equals = part.indexOf('=');
                String key = part.substring(0, Math.max(0, equals));
                String value = decoded(text, part.substring(equals + 1));
                switch (key) {
                    case PAGE -> page = value;
                    case EVENT -> event = value;
                    case GOAL -> goal = goal(value, goals);
                    default -> {
                        if (!key.startsWith(PROPERTY)) {
                            throw new Failure("--step: " + text + ": page=, event=, prop.KEY= or goal=");
                        }
                        props.put(key.substring(PROPERTY.length()), value);
                    }
                }
            }
            return new Funnel.Step(page, event, props, goal);
        }

        private static String decoded(String step, String value) {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Failure("--step: " + step + ": a % stands before two hexadecimal digits");
            }
        }

        private static int goal(String nameOrId, Collection<Goal> goals) {
            return Goal.named(goals, nameOrId)
                    .orElseThrow(() -> new Failure("--step: this site has no goal " + nameOrId))
                    .id();
        }
    }

    @Command(
            name = "add",
            description =
                    "Adds a funnel, in which visits of before count, too. Prints its id. In patterns * is a wildcard.")
    static final class Add extends Save {
        @Option(names = "--site", paramLabel = "ID", required = true, description = "the site's id")
        private int siteId;

        @Override
        protected int run(Session session) {
            session.site(siteId);
            session.out().println(save(session, 0, siteId).id());
            return 0;
        }
    }

    @Command(
            name = "change",
            description =
                    "Puts another definition in the place of a funnel's, for visits of before, too. Its id stays.")
    static final class Change extends Save {
        @Parameters(paramLabel = "ID", description = "the funnel's id")
        private int id;

        @Override
        protected int run(Session session) {
            save(session, id, only(session, id).siteId());
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the funnels: id, site, name, strict or in order, days, and the steps, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            session.ofSites(siteId, Sites::funnels)
                    .forEach(f -> session.row(
                            f.id(),
                            f.siteId(),
                            f.name(),
                            f.strict() ? "strict" : "in order",
                            f.days(),
                            f.steps().stream().map(ListAll::text).collect(Collectors.joining("\t"))));
            return 0;
        }

        private static String text(Funnel.Step step) {
            List<String> parts = new ArrayList<>();
            if (step.page() != null) {
                parts.add(PAGE + "=" + step.page());
            }
            if (step.event() != null) {
                parts.add(EVENT + "=" + step.event());
            }
            new TreeMap<>(step.props()).forEach((key, value) -> parts.add(PROPERTY + key + "=" + value));
            if (step.goalId() != 0) {
                parts.add(GOAL + "=" + step.goalId());
            }
            return String.join("&", parts);
        }
    }

    @Command(name = "remove", description = "Removes a funnel.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the funnel's id")
        private int id;

        @Override
        protected int run(Session session) {
            Funnel funnel = only(session, id);
            Session.await(session.engine().removeFunnel(funnel.siteId(), id));
            session.removed("funnel", id, funnel.siteId(), funnel.name());
            return 0;
        }
    }
}
