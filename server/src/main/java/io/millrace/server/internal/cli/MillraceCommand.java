package io.millrace.server.internal.cli;

import io.millrace.server.internal.admin.AffiliateCommand;
import io.millrace.server.internal.admin.AnnotationCommand;
import io.millrace.server.internal.admin.ExcludeCommand;
import io.millrace.server.internal.admin.FunnelCommand;
import io.millrace.server.internal.admin.GoalCommand;
import io.millrace.server.internal.admin.KeyCommand;
import io.millrace.server.internal.admin.SegmentCommand;
import io.millrace.server.internal.admin.SiteCommand;
import io.millrace.server.internal.admin.UserCommand;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.command.RootCommand;
import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.maintenance.BackupCommand;
import io.millrace.server.internal.maintenance.DoctorCommand;
import io.millrace.server.internal.maintenance.EraseCommand;
import io.millrace.server.internal.maintenance.ExportCommand;
import io.millrace.server.internal.maintenance.ImportCommand;
import io.millrace.server.internal.maintenance.JobsCommand;
import io.millrace.server.internal.maintenance.PruneCommand;
import io.millrace.server.internal.maintenance.RepairCommand;
import io.millrace.server.internal.maintenance.ReplayCommand;
import io.millrace.server.internal.maintenance.RestoreCommand;
import io.millrace.server.internal.maintenance.VerifyCommand;
import io.millrace.server.internal.serving.ConfigCommand;
import io.millrace.server.internal.serving.DemoCommand;
import io.millrace.server.internal.serving.ServeCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = "millrace",
        description = "Web analytics on your own machine: page views into one SQLite file, reports out of it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Results are printed on stdout, everything else on stderr.",
            "Exit codes: 0 done, 1 failed, 2 usage.",
            "",
            "Settings are read from flags, then MILLRACE_* in the environment, then millrace.toml."
        })
final class MillraceCommand extends RootCommand {
    /** The commands below it by name, in the order in which help lists them. */
    private static final Map<String, Class<?>> COMMANDS = commands(
            ServeCommand.class,
            DemoCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            JobsCommand.class,
            SiteCommand.class,
            AffiliateCommand.class,
            GoalCommand.class,
            ExcludeCommand.class,
            FunnelCommand.class,
            SegmentCommand.class,
            AnnotationCommand.class,
            UserCommand.class,
            KeyCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            PruneCommand.class,
            EraseCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            LoadCommand.class);

    MillraceCommand(Invocation invocation, Function<Duties, ControlServer.Commands> commands) {
        super(invocation, commands);
    }

    /**
     * A command line that knows the command that was typed first, or all of them if there is none of that name: looking at
     * every command's options would take a tenth of a start.
     */
    static CommandLine line(Invocation invocation, Function<Duties, ControlServer.Commands> commands) {
        CommandLine line = new CommandLine(new MillraceCommand(invocation, commands));
        List<String> arguments = invocation.call().arguments();
        Class<?> typed = arguments.isEmpty() ? null : COMMANDS.get(arguments.get(0));
        if (typed != null) {
            line.addSubcommand(typed);
        } else {
            COMMANDS.values().forEach(line::addSubcommand);
        }
        return line;
    }

    private static Map<String, Class<?>> commands(Class<?>... types) {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        for (Class<?> type : types) {
            commands.put(type.getAnnotation(Command.class).name(), type);
        }
        return commands;
    }
}
