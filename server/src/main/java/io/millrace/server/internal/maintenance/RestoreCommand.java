package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.DataCommand;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.DatabaseLock;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace restore}. */
@Command(
        name = "restore",
        description = "Puts a backup in the place of the database, after checking it. Not while a server runs.")
public final class RestoreCommand extends DataCommand {
    @Parameters(paramLabel = "FILE", description = "the backup")
    private String name;

    @Option(
            names = "--force",
            description = "also where there is a database; it is kept beside it, as millrace.db.replaced")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        Invocation invocation = root().typedHere();
        Path file = invocation.file(name);
        if (Files.isDirectory(file)) {
            throw new Failure(file + ": is a directory, not a backup");
        }
        if (!Files.isReadable(file)) {
            throw new Failure(file + ": no such file, or not to be read");
        }
        DataDirectory directory =
                new DataDirectory(invocation.file(data().config(invocation).get(Settings.DATA)));
        try (DatabaseLock lock = directory.tryLock()) {
            if (lock == null) {
                throw new Failure(directory.path() + " is in use; stop the server first");
            }
            if (directory.hasDatabase() && !force) {
                throw new Failure("there is a database in " + directory.path() + "; --force replaces it");
            }
            directory.clean();
            Optional<Path> replaced = SqliteStorage.restore(lock, file);
            invocation.err().println("millrace: restored " + directory.database());
            replaced.ifPresent(kept ->
                    invocation.err().println("millrace: what was there is " + kept + "; restore it to undo this"));
        }
        return 0;
    }
}
