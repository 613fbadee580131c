package io.millrace.server.internal.serving;

import io.millrace.server.internal.command.DataCommand;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace serve}. */
@Command(name = "serve", description = "Takes beacons and answers reports until it is told to stop (SIGTERM).")
public final class ServeCommand extends DataCommand {
    @Mixin
    private ListenOptions listen;

    @Override
    public Integer call() throws Exception {
        Invocation invocation = root().typedHere();
        return new Serving(root(), () -> data().config(invocation, listen.flags())) {
            @Override
            void started(Instance instance, Server server) {
                boolean anySite = !instance.engine().sites().all().isEmpty();
                NextSteps.print(invocation, directory(), server, anySite);
            }
        }.run();
    }
}
