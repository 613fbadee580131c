package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import picocli.CommandLine.Command;

/** {@code millrace repair}. */
@Command(
        name = "repair",
        description =
                "Rebuilds what 'verify' finds wrong from the rows, prints it, and verifies again; exits 0 when nothing differs"
                        + " any more.")
public final class RepairCommand extends OwnerCommand {
    @Override
    protected int run(Session session) {
        return VerifyCommand.run(session, true);
    }
}
