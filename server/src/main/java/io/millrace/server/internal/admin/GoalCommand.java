package io.millrace.server.internal.admin;

import io.millrace.engine.Goal;
import io.millrace.engine.Sites;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace goal}. */
@Command(
        name = "goal",
        description = "Adds, lists, changes and removes goals: what a site wants of its visitors.",
        subcommands = {
            GoalCommand.Add.class,
            GoalCommand.ListAll.class,
            GoalCommand.Change.class,
            GoalCommand.Remove.class
        })
public final class GoalCommand extends Group {
    private static Goal only(Session session, int id) {
        return Session.only(session.ofSites(null, Sites::goals), Goal::id, id, "goal");
    }

    /** A goal as it was typed. */
    private abstract static class Save extends OwnerCommand {
        @Option(names = "--name", paramLabel = "N", required = true, description = "what reports and filters call it")
        private String name;

        @Option(
                names = "--page",
                paramLabel = "P",
                description = "the path of the page view or event, such as /thanks*")
        private String page;

        @Option(
                names = "--event",
                paramLabel = "E",
                description = "the event that completes it; without it, page views do")
        private String event;

        @Option(
                names = "--props",
                paramLabel = "KEY=P",
                description = "what a property of the event must be; repeatable")
        private Map<String, String> props = new HashMap<>();

        @Option(
                names = "--scroll",
                paramLabel = "N",
                description = "percent of the page that must have come into sight")
        private int scroll;

        @Option(names = "--seconds", paramLabel = "N", description = "how long the page must have been looked at")
        private int seconds;

        private Goal goal(int id, int siteId) {
            return new Goal(id, siteId, name, page, event, props, scroll, seconds);
        }

        @Override
        protected final void check() {
            goal(0, 0).fault(List.of()).ifPresent(why -> {
                throw usage("--" + why);
            });
        }

        final Goal save(Session session, int id, int siteId) {
            Goal goal = goal(id, siteId);
            goal.fault(session.engine().sites().goals(siteId)).ifPresent(why -> {
                throw new Failure("--" + why);
            });
            Goal saved = Session.await(session.engine().saveGoal(goal));
            session.changed(id == 0 ? "goal.add" : "goal.update", siteId, saved.name());
            return saved;
        }
    }

    @Command(
            name = "add",
            description =
                    "Adds a goal, which visits of before complete, too. Prints its id. In patterns * is a wildcard.")
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
            description = "Puts another definition in the place of a goal's, for visits of before, too. Its id stays.")
    static final class Change extends Save {
        @Parameters(paramLabel = "ID", description = "the goal's id")
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
                    "Lists the goals: id, site, name, page, event, properties, scroll and seconds, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Option(names = "--site", paramLabel = "ID", description = "those of one site only")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            session.ofSites(siteId, Sites::goals)
                    .forEach(g -> session.row(
                            g.id(),
                            g.siteId(),
                            g.name(),
                            g.page() == null ? "" : g.page(),
                            g.event() == null ? "" : g.event(),
                            new TreeMap<>(g.props())
                                    .entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")),
                            g.scroll(),
                            g.seconds()));
            return 0;
        }
    }

    @Command(name = "remove", description = "Removes a goal; what completed it stays.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the goal's id")
        private int id;

        @Override
        protected int run(Session session) {
            Goal goal = only(session, id);
            Session.await(session.engine().removeGoal(goal.siteId(), id));
            session.removed("goal", id, goal.siteId(), goal.name());
            return 0;
        }
    }
}
