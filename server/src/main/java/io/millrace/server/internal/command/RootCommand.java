package io.millrace.server.internal.command;

import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.instance.Duties;
import java.util.function.Function;

/** The root of the command line, as the commands below it see it. */
public abstract class RootCommand extends Group {
    private final Invocation invocation;
    private final Function<Duties, ControlServer.Commands> commands;

    /** @param commands how command lines are run that other processes send to the owner of an instance */
    protected RootCommand(Invocation invocation, Function<Duties, ControlServer.Commands> commands) {
        this.invocation = invocation;
        this.commands = commands;
    }

    /** How command lines are run that other processes send to the owner of an instance. */
    public final ControlServer.Commands commandsOn(Duties duties) {
        return commands.apply(duties);
    }

    public final Invocation invocation() {
        return invocation;
    }

    /** The invocation of a command that cannot be sent to a running server, because it is one. */
    public final Invocation typedHere() {
        if (invocation.session() != null) {
            throw new Failure("a server runs already");
        }
        return invocation;
    }
}
