package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

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
        return new Verifier(database).run(readers);
    }

    public Verification repair() {
        Verifier verifier = new Verifier(database);
        Verification found = verifier.run(readers);
        for (long key : verifier.wrongDays()) {
            primary.transact("repair", sql -> {
                Site site = database.sites().get(Keys.site(key));
                database.rewriteDay(sql, SiteDays.of(site, Keys.day(key)));
                database.generations().raise(sql, site.id());
                return null;
            });
        }
        return found;
    }

    public void backup(Path target) {
        if (Files.exists(target)) {
            throw new StorageException(Kind.CONTENT, target + ": exists already");
        }
        try (Connection connection = database.connections().reader();
                Statement pragma = connection.createStatement();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            pragma.execute("PRAGMA query_only = OFF"); // the copy counts as a write; the connection is read-only anyhow
            copy.setString(1, target.toAbsolutePath().toString());
            copy.execute();
        } catch (SQLException e) {
            throw Errors.of("backup to " + target, e);
        }
        Soundness.check(target);
    }

    public RowCount prunable(long olderThan) {
        return new Pruning(database, primary).count(readers, olderThan);
    }

    public RowCount pruneStep(long olderThan) {
        makeRoom();
        return new Pruning(database, primary).step(olderThan);
    }

    public RowCount erasable(int siteId, String visitor) {
        return primary.read("erase", sql -> new Erasure(database).count(sql, siteId, visitor));
    }

    public RowCount eraseStep(int siteId, String visitor) {
        makeRoom();
        return primary.transact("erase", sql -> new Erasure(database).step(sql, siteId, visitor));
    }

    /** A step fills the log as a batch does, and there may be no batch between two of them. */
    private void makeRoom() {
        primary.read("checkpoint", sql -> {
            database.checkpoints().beforeBatch(sql, Pruning.HITS_A_STEP);
            return null;
        });
    }
}
