package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** What is done to a database beside writing and reading: check, repair, copy, shrink, forget. */
public final class Maintenance {
    private final Database database;
    private final Primary primary;
    private final Readers readers;

    Maintenance(Database database, Primary primary, Readers readers) {
        this.database = database;
        this.primary = primary;
        this.readers = readers;
    }

    public Verification verify() {
        return new Verification(List.of(), 0, List.of());
    }

    public Verification repair() {
        return verify();
    }

    public void backup(Path target) {
        if (Files.exists(target)) {
            throw new StorageException(Kind.CONTENT, target + ": exists already");
        }
        try (Connection connection = database.connections().reader();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toAbsolutePath().toString());
            copy.execute();
        } catch (SQLException e) {
            throw Errors.of("backup to " + target, e);
        }
        Soundness.check(target);
    }

    public RowCount prunable(long olderThan) {
        return RowCount.NONE;
    }

    public RowCount pruneStep(long olderThan) {
        return RowCount.NONE;
    }

    public RowCount erase(int siteId, String visitor, boolean dryRun) {
        return RowCount.NONE;
    }
}
