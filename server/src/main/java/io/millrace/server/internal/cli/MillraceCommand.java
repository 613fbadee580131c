package io.millrace.server.internal.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The root of the command line. */
@Command(
        name = "millrace",
        description = "Web analytics on your own machine: page views into one SQLite file, reports out of it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            SiteCommand.class,
            AffiliateCommand.class,
            UserCommand.class,
            KeyCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            PruneCommand.class,
            EraseCommand.class,
            LoadCommand.class,
        },
        footer = {
            "",
            "Results are printed on stdout, everything else on stderr.",
            "Exit codes: 0 done, 1 failed, 2 usage.",
            "",
            "Settings are read from flags, then MILLRACE_* in the environment, then millrace.toml."
        })
final class MillraceCommand extends Group {
    private final Invocation invocation;

    MillraceCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The root above a command. */
    static MillraceCommand of(CommandSpec spec) {
        return (MillraceCommand) spec.root().userObject();
    }

    Invocation invocation() {
        return invocation;
    }

    /** The invocation of a command that cannot be sent to a running server, because it is one. */
    Invocation typedHere() {
        if (invocation.session() != null) {
            throw new Failure("a server runs already");
        }
        return invocation;
    }
}
