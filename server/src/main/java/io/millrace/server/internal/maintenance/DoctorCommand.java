package io.millrace.server.internal.maintenance;

import io.millrace.dashboard.Operator.Finding;
import io.millrace.dashboard.Operator.Severity;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code millrace doctor}. */
@Command(
        name = "doctor",
        description =
                "Says what will bite you if nobody does anything about it, and what to do; what matters most comes first."
                        + " Exits 1 when something is critical.")
public final class DoctorCommand extends OwnerCommand {
    @Override
    protected int run(Session session) {
        List<Finding> found = session.duties().findings();
        for (Finding finding : found) {
            session.out()
                    .println(finding.severity().name().toLowerCase(Locale.ROOT) + "\t" + finding.id() + "\t"
                            + finding.what());
            session.out().println("\t\t" + finding.action());
        }
        session.err().println("millrace: " + found.size() + " findings");
        return found.stream().anyMatch(f -> f.severity() == Severity.CRITICAL) ? 1 : 0;
    }
}
