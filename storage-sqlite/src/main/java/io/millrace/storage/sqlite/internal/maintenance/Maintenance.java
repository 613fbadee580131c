package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Import;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.Verification;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.Errors;
import io.millrace.storage.sqlite.internal.connection.OwnerOnly;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.schema.IntegrityCheck;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/** What is done to a database beside writing and reading: check, repair, copy, shrink, forget. */
public record Maintenance(
        ConnectionFactory connections,
        CommittedState state,
        WriteConnection connection,
        ReadConnections readers,
        Checkpoints checkpoints) {
    private static final int VACUUM_PAGES = 256;

    public Verification verify() {
        return new Verifier(state).run(readers);
    }

    public Verification repair() {
        Verifier verifier = new Verifier(state);
        Verification found = verifier.run(readers);
        for (long key : verifier.wrongDays()) {
            connection.change("repair", sql -> {
                Site site = state.sites().get(SiteDayKey.site(key));
                state.days().repair(sql, SiteDays.of(site, SiteDayKey.day(key)));
                state.generations().raise(sql, site.id());
            });
        }
        for (long key : verifier.wrongPacks()) {
            connection.transact("repair", sql -> {
                state.packs().packAnew(sql, SiteDayKey.site(key), SiteDayKey.day(key));
                state.generations().raise(sql, SiteDayKey.site(key));
                return null;
            });
        }
        return found;
    }

    public void backup(Path target) {
        if (Files.exists(target)) {
            throw new StorageException(Kind.CONTENT, target + ": exists already");
        }
        try (Connection reader = connections.reader();
                Statement pragma = reader.createStatement();
                PreparedStatement copy = reader.prepareStatement("VACUUM INTO ?")) {
            pragma.execute("PRAGMA query_only = OFF"); // the copy counts as a write; the connection is read-only anyhow
            OwnerOnly.createFile(target);
            copy.setString(1, target.toAbsolutePath().toString());
            copy.execute();
        } catch (SQLException e) {
            throw Errors.of("backup to " + target, e);
        }
        IntegrityCheck.check(target, target);
    }

    public long checkpoint() {
        connection.use("checkpoint", sql -> checkpoints.whenQuiet(sql, System.currentTimeMillis()));
        return Checkpoints.walBytes(connections.file());
    }

    public long vacuumStep() {
        long before = freePages();
        connection.use("incremental vacuum", sql -> sql.pragma("incremental_vacuum(" + VACUUM_PAGES + ")"));
        return before - freePages();
    }

    private long freePages() {
        return readers.read("free pages", sql -> sql.number(0, "PRAGMA freelist_count"));
    }

    public Removal pruning(long olderThan, Keep keep) {
        return new Pruning(state, connection, readers, checkpoints, olderThan, keep);
    }

    public Removal removing(Import brought, Consumer<List<Long>> removed) {
        return new ImportRemoval(state, connection, readers, checkpoints, brought, removed);
    }

    public Removal erasing(int siteId, String visitor) {
        return new Erasure(state, connection, readers, checkpoints, siteId, visitor);
    }
}
