package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace backup}. */
@Command(
        name = "backup",
        description = "Writes a checked copy of the database, as of one moment, to a file that does not exist yet; also"
                + " while a server runs.")
public final class BackupCommand extends OwnerCommand {
    @Parameters(paramLabel = "FILE", description = "the file to write")
    private String name;

    @Override
    protected int run(Session session) throws Exception {
        Path file = invocation().file(name);
        if (Files.exists(file)) {
            throw new Failure(file + " exists already");
        }
        if (file.getParent() != null && !Files.isDirectory(file.getParent())) {
            throw new Failure(file.getParent() + ": no such directory");
        }
        Session.await(session.engine().flush());
        session.instance().storage().backup(file);
        session.err().println("millrace: " + Files.size(file) + " bytes written to " + file);
        return 0;
    }
}
