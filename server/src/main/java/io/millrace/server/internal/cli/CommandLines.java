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
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.instance.Version;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
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
    public static ControlServer.Commands on(Duties duties) {
        return (call, out, err, cancelled) -> run(
                new Invocation(call, Map.of(), out, err, new Session(duties, out, err, call.terminal(), cancelled)));
    }

    private static int run(Invocation invocation) {
        CommandLine line = MillraceCommand.line(invocation, CommandLines::on);
        line.getCommandSpec().version("millrace " + Version.text());
        CommandLine serve = line.getSubcommands().get("serve");
        if (serve != null) {
            serve.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> settings());
        }
        return line.setOut(invocation.out())
                .setErr(invocation.err())
                .setUsageHelpWidth(110)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> usage(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, command))
                .execute(invocation.call().arguments().toArray(String[]::new));
    }

    /** The settings as {@code serve --help} shows them. */
    private static String settings() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%nSettings, as in millrace.toml (and MILLRACE_HTTP_BURST for http.burst):%n"));
        for (Setting<?> setting : Settings.ALL) {
            String fallback = setting.fallback() == null ? "" : "; default: " + setting.fallback();
            text.append(String.format(Locale.ROOT, "  %-29s %s%n", setting.key(), setting.help()))
                    .append(String.format(
                            Locale.ROOT, "  %-29s   %s%s%n", "", setting.kind().expects(), fallback));
        }
        return text.toString();
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
