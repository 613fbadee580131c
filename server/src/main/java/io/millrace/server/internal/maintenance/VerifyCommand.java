package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.storage.sqlite.SqliteStorage;
import io.millrace.storage.sqlite.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace verify}. */
@Command(
        name = "verify",
        description = "Recounts every roll-up from the rows and prints any differences; exits 1 when there are some.")
public final class VerifyCommand extends OwnerCommand {
    @Option(names = "--repair", description = "rebuild what differs; exits 0 when nothing differs afterwards")
    private boolean repair;

    @Override
    protected int run(Session session) {
        return run(session, repair);
    }

    /** Counts, and with {@code repair} rebuilds what differs; answers the exit code. */
    static int run(Session session, boolean repair) {
        Session.await(session.engine().flush());
        SqliteStorage storage = session.instance().storage();
        Verification found =
                repair ? Session.await(session.engine().execute(writer -> storage.repair())) : storage.verify();
        found.differences().forEach(session.out()::println);
        found.skipped().forEach(session.err()::println);
        session.err()
                .println("millrace: " + found.days() + " days counted, "
                        + found.differences().size() + (repair ? " differences repaired" : " differences"));
        boolean clean = repair ? storage.verify().clean() : found.clean();
        return clean ? 0 : 1;
    }
}
