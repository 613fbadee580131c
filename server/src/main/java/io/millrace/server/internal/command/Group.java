package io.millrace.server.internal.command;

import java.util.LinkedHashSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands below it. */
@Command(mixinStandardHelpOptions = true)
public abstract class Group implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        String names = String.join(", ", new LinkedHashSet<>(spec.subcommands().keySet()));
        throw new ParameterException(spec.commandLine(), "one of these is missing: " + names);
    }
}
