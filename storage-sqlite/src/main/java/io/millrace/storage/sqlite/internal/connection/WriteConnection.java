package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConnection;

/**
 * The one connection that writes, and its transactions. Opens a new one when SQLite has given the old one up. The store
 * thread's.
 */
public final class WriteConnection implements AutoCloseable {

    /** Work inside a transaction. */
    public interface Work<T> {
        T run(StatementCache sql) throws SQLException;
    }

    /** Work that answers nothing. */
    public interface VoidWork {
        void run(StatementCache sql) throws SQLException;
    }

    /** State in memory that follows the transactions. */
    public interface Follower {
        /** The transaction has committed; no reader begins until this returns. */
        void committed();

        /** The transaction has not happened. */
        void rolledBack();
    }

    private static final int PROBE_MILLIS = 200;

    private final ConnectionFactory connections;
    private final Lock gate;
    private final Follower follower;
    private final StorageMetrics metrics;
    private Handle handle;
    private StatementCache statements;
    private boolean closed;

    /**
     * @param gate held while a transaction commits and memory follows it
     */
    public WriteConnection(ConnectionFactory connections, Lock gate, Follower follower, StorageMetrics metrics) {
        this.connections = connections;
        this.gate = gate;
        this.follower = follower;
        this.metrics = metrics;
    }

    /** The handle of the connection, for SqlObject interfaces. */
    public Handle handle() {
        if (closed) {
            throw new StorageException(Kind.FATAL, "the database is closed");
        }
        if (handle == null) {
            Jdbi jdbi = Jdbi.create(connections::writer).installPlugin(new SqlObjectPlugin());
            jdbi.setTransactionHandler(new Transactions(gate, follower::committed));
            handle = jdbi.open();
            statements = connections.statements(handle.getConnection());
        }
        return handle;
    }

    /** All of the work in one transaction, or none of it. */
    public <T> T transact(String doing, Work<T> work) {
        try {
            return handle().inTransaction(h -> work.run(statements));
        } catch (Exception | Error e) {
            follower.rolledBack();
            if (Errors.busy(e)) {
                metrics.busy();
            }
            if (Errors.broken(e)) {
                discard();
            }
            throw Errors.of(doing, e);
        }
    }

    /** The same with work that answers nothing. */
    public void change(String doing, VoidWork work) {
        transact(doing, sql -> {
            work.run(sql);
            return null;
        });
    }

    /** An empty transaction, for which others are waited for only shortly. */
    public void probe() {
        try {
            SQLiteConnection connection = handle().getConnection().unwrap(SQLiteConnection.class);
            int usual = connection.getBusyTimeout();
            connection.setBusyTimeout(PROBE_MILLIS);
            try {
                change("probe", sql -> {});
            } finally {
                if (handle != null) {
                    connection.setBusyTimeout(usual);
                }
            }
        } catch (SQLException | RuntimeException e) {
            throw Errors.of("probe", e);
        }
    }

    /** Work that reads only. */
    public <T> T read(String doing, Work<T> work) {
        try {
            handle();
            return work.run(statements);
        } catch (SQLException | RuntimeException e) {
            if (Errors.broken(e)) {
                discard();
            }
            throw Errors.of(doing, e);
        }
    }

    /** Work outside of a transaction that answers nothing: pragmas, checkpoints. */
    public void use(String doing, VoidWork work) {
        read(doing, sql -> {
            work.run(sql);
            return null;
        });
    }

    /** Lets the connection go; the next transaction opens another. */
    private void discard() {
        Handle old = handle;
        handle = null;
        statements = null;
        if (old != null) {
            try {
                old.getConnection().close();
            } catch (SQLException e) {
                return; // it is broken: that is why it goes
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        discard();
    }
}
