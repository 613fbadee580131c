package io.millrace.storage.sqlite.internal.connection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Exactly {@code BEGIN IMMEDIATE}, the work, {@code COMMIT}, on a connection in auto-commit mode. The driver's own
 * {@code commit()} begins the next transaction at once and so can report committed work as failed. One for each writer
 * connection; not thread-safe.
 */
final class Transactions extends LocalTransactionHandler {
    private final Lock gate;
    private final Runnable committed;
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private boolean open;

    /**
     * @param gate held from before the commit until {@code committed} has run
     * @param committed what follows a commit
     */
    Transactions(Lock gate, Runnable committed) {
        this.gate = gate;
        this.committed = committed;
    }

    @Override
    public void begin(Handle handle) {
        run(handle, "BEGIN IMMEDIATE");
        open = true;
    }

    @Override
    public void commit(Handle handle) {
        gate.lock();
        try {
            run(handle, "COMMIT");
            open = false;
            committed.run();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public void rollback(Handle handle) {
        open = false;
        run(handle, "ROLLBACK");
    }

    @Override
    public boolean isInTransaction(Handle handle) {
        return open;
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback) throws X {
        if (open) {
            return callback.withHandle(handle);
        }
        begin(handle);
        R result;
        try {
            result = callback.withHandle(handle);
            commit(handle);
        } catch (Throwable t) {
            try {
                rollback(handle);
            } catch (RuntimeException e) {
                t.addSuppressed(e); // SQLite has rolled back by itself: full disk, I/O error
            }
            throw t;
        }
        return result;
    }

    @Override
    public <R, X extends Exception> R inTransaction(
            Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> callback) throws X {
        return inTransaction(handle, callback); // SQLite has one level: serializable
    }

    private void run(Handle handle, String sql) {
        try {
            PreparedStatement statement = kept.get(sql);
            if (statement == null) {
                statement = handle.getConnection().prepareStatement(sql);
                kept.put(sql, statement);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new TransactionException(sql + ": " + e.getMessage(), e);
        }
    }
}
