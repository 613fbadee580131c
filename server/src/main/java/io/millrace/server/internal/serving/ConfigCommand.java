package io.millrace.server.internal.serving;

import io.millrace.server.internal.command.DataCommand;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.SampleFile;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace config}. */
@Command(
        name = "config",
        description = "Checks the settings, prints a file with all of them, and has a server read them again.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Sample.class, ConfigCommand.Reload.class})
public final class ConfigCommand extends Group {

    /** Reads the settings as {@code serve} would, without starting anything. */
    @Command(
            name = "check",
            description =
                    "Reads millrace.toml and the environment as 'serve' would, and prints what they set and where; exits"
                            + " with 2 and the name of the setting when one of them is wrong.")
    static final class Check extends DataCommand {
        @Override
        public Integer call() {
            Config config = data().config(root().typedHere());
            PrintWriter out = root().typedHere().out();
            config.warnings().forEach(warning -> root().typedHere().err().println("millrace: " + warning));
            List<String> lines = config.lines();
            lines.forEach(out::println);
            out.println(
                    lines.isEmpty()
                            ? "all settings have their defaults"
                            : "these hold; all others have their defaults");
            return 0;
        }
    }

    /** Has the server read its settings again. */
    @Command(
            name = "reload",
            description =
                    "Has a running server read millrace.toml again, as SIGHUP does, and prints what it took up and what"
                            + " needs a restart.")
    static final class Reload extends OwnerCommand {
        @Override
        protected int run(Session session) {
            List<String> lines = session.instance().reload();
            if (lines == null) {
                throw new Failure(
                        "no server runs on " + session.instance().directory().path());
            }
            lines.forEach(session.out()::println);
            session.err().println("millrace: " + lines.size() + " settings differ");
            return 0;
        }
    }

    /** Prints a file with every setting commented out. */
    @Command(
            name = "sample",
            description = "Prints a millrace.toml with every setting, its meaning and its default.",
            mixinStandardHelpOptions = true)
    static final class Sample implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().getOut().print(SampleFile.text());
        }
    }
}
