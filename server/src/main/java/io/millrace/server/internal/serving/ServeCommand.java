package io.millrace.server.internal.serving;

import io.millrace.server.internal.command.DataOption;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.command.RootCommand;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Server;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace serve}. */
@Command(
        name = "serve",
        description = "Takes beacons and answers reports until it is told to stop (SIGTERM).",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ListenOptions listen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RootCommand millrace = RootCommand.of(spec);
        Invocation invocation = millrace.typedHere();
        Config config = data.config(invocation, listen.flags());
        return new Serving(millrace, config) {
            @Override
            void started(Instance instance, Server server) {
                boolean anySite = !instance.engine().sites().all().isEmpty();
                NextSteps.print(invocation, directory(), server, anySite);
            }
        }.run();
    }
}
