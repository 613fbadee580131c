package io.millrace.server.internal.cli;

import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.command.Problem;
import io.millrace.server.internal.command.Session;
import io.millrace.server.internal.config.ConfigException;
import io.millrace.server.internal.config.Setting;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.control.TypedCommand;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Version;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs command lines. */
public final class CommandLines {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private CommandLines() {}

    /** Runs a command line that was typed here; answers the exit code. */
    public static int run(TypedCommand call, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return run(new Invocation(call, environment, out, err, null));
    }

    /** Runs command lines that other processes send to this one, the owner of the data. */
    public static ControlServer.Commands on(Instance instance) {
        return (call, out, err, cancelled) -> run(
                new Invocation(call, Map.of(), out, err, new Session(instance, out, err, call.terminal(), cancelled)));
    }

    private static int run(Invocation invocation) {
        CommandLine line = new CommandLine(new MillraceCommand(invocation, CommandLines::on));
        line.getCommandSpec().version("millrace " + Version.text());
        line.getSubcommands().get("serve").getCommandSpec().usageMessage().footer(settings());
        return line.setOut(invocation.out())
                .setErr(invocation.err())
                .setUsageHelpWidth(110)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> usage(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, command))
                .execute(invocation.call().arguments().toArray(String[]::new));
    }

    /** The settings as {@code serve --help} shows them. */
    private static String[] settings() {
        List<String> lines =
                new ArrayList<>(List.of("", "Settings, as in millrace.toml (and MILLRACE_HTTP_BURST for http.burst):"));
        for (Setting<?> setting : Settings.ALL) {
            lines.add(String.format(Locale.ROOT, "  %-29s %s", setting.key(), setting.help()));
            String fallback = setting.fallback() == null ? "" : "; default: " + setting.fallback();
            lines.add(String.format(
                    Locale.ROOT, "  %-29s   %s%s", "", setting.kind().expects(), fallback));
        }
        return lines.toArray(String[]::new);
    }

    private static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("millrace: " + Usage.problem(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        command.getErr().println("millrace: " + Problem.of(e));
        if (e instanceof ConfigException) {
            return USAGE;
        }
        if (!(e instanceof Failure)) {
            LOG.debug("command failed", e);
        }
        return FAILED;
    }
}
