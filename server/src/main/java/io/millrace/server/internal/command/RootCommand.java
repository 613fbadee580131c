package io.millrace.server.internal.command;

import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.instance.Instance;

/** The root of the command line, as the commands below it see it. */
public abstract class RootCommand extends Group {
    private final Invocation invocation;

    protected RootCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** How command lines are run that other processes send to the owner of an instance. */
    public abstract ControlServer.Commands commandsOn(Instance instance);

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
