package io.millrace.server.internal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that is told where the data is, and answers its exit code. */
@Command(mixinStandardHelpOptions = true)
public abstract class DataCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    protected final DataOption data() {
        return data;
    }

    /** The root of the command line. */
    protected final RootCommand root() {
        return (RootCommand) spec.root().userObject();
    }

    protected final ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
