package io.millrace.server.internal.cli;

import io.millrace.server.internal.Instance;
import io.millrace.server.internal.Server;
import io.millrace.server.internal.config.Config;
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
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ListenOptions listen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Invocation invocation = MillraceCommand.of(spec).typedHere();
        Config config = data.config(invocation, listen.flags());
        return new Serving(invocation, config) {
            @Override
            void started(Instance instance, Server server) {
                boolean anySite = !instance.engine().sites().all().isEmpty();
                NextSteps.print(invocation, directory(), server, anySite);
            }
        }.run();
    }
}
