package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.sqlite.ProgressHandler;

/**
 * The read-only connections. Each use is one read transaction, so it sees one committed state, and is stopped when it
 * takes too long, so that it cannot keep the WAL from being emptied, unless it has left its snapshot. Thread-safe.
 */
public final class ReadConnections implements AutoCloseable {
    private static final int CHECK_EVERY_STEPS = 20_000;
    private static final Duration NO_HURRY = Duration.ofHours(24);

    /** Work on one snapshot. */
    public interface Work<T> {
        T run(StatementCache sql) throws SQLException;
    }

    /** Work on one snapshot and what memory held then. */
    public interface WorkWith<M, T> {
        T run(StatementCache sql, M memory) throws SQLException;
    }

    private final ConnectionFactory connections;
    private final Duration limit;
    private final Lock gate;
    private final StorageMetrics metrics;

    @Fixed("given by a setting")
    private final BlockingQueue<Slot> free;

    @Fixed("given by a setting")
    private final List<Slot> all = new ArrayList<>();

    private volatile boolean closed;
    private volatile int age;

    /** Opens every connection anew when it is used next. */
    public void renew() {
        age++;
    }

    /** A connection, opened when first used. */
    private static final class Slot {
        StatementCache statements;
        int age;
        volatile boolean running;
        boolean left;
        volatile long startedAt;
        volatile long deadline;
    }

    /** @param gate held while a snapshot begins, so that it and memory are of the same commit */
    public ReadConnections(
            ConnectionFactory connections, int count, Duration limit, Lock gate, StorageMetrics metrics) {
        this.connections = connections;
        this.limit = limit;
        this.gate = gate;
        this.metrics = metrics;
        this.free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            Slot slot = new Slot();
            all.add(slot);
            free.add(slot);
        }
    }

    public <T> T read(String doing, Work<T> work) {
        return read(doing, () -> null, (sql, nothing) -> work.run(sql));
    }

    /** @param memory what is taken from memory at the very moment the snapshot begins */
    public <M, T> T read(String doing, Supplier<M> memory, WorkWith<M, T> work) {
        return read(doing, limit, memory, work);
    }

    /** The same for what is no report and may take long; a log that grows too long meanwhile stops it nevertheless. */
    public <M, T> T readWithoutHurry(String doing, Supplier<M> memory, WorkWith<M, T> work) {
        return read(doing, NO_HURRY, memory, work);
    }

    private <M, T> T read(String doing, Duration most, Supplier<M> memory, WorkWith<M, T> work) {
        Slot slot = take(doing);
        long start = System.nanoTime();
        try {
            T result = run(slot, most, memory, work);
            metrics.read(doing, System.nanoTime() - start);
            return result;
        } catch (SQLException | RuntimeException e) {
            if (Errors.interrupted(e)) {
                metrics.stopped();
            }
            if (Errors.interrupted(e) || Errors.broken(e)) { // the driver closes a statement that was stopped
                discard(slot);
            }
            throw Errors.of(doing, e);
        } finally {
            free.add(slot);
        }
    }

    private <M, T> T run(Slot slot, Duration most, Supplier<M> memory, WorkWith<M, T> work) throws SQLException {
        StatementCache sql = open(slot);
        slot.startedAt = System.nanoTime();
        slot.deadline = slot.startedAt + most.toNanos();
        slot.running = true;
        slot.left = false;
        sql.run("BEGIN");
        T result;
        try {
            result = work.run(sql, snapshot(sql, memory));
        } catch (SQLException | RuntimeException | Error e) {
            boolean stopped = System.nanoTime() - slot.deadline > 0 && Errors.sqlException(e) != null;
            end(slot);
            if (!slot.left) {
                rollBack(sql, e);
            }
            if (stopped) { // another thread of the same work may have met the closed statement, not the stop
                throw Errors.stopped(e);
            }
            throw e;
        }
        end(slot);
        leave(slot);
        return result;
    }

    /**
     * Ends the snapshot of the work that these statements are of, so that it can take its time without keeping the log from being
     * emptied. What it reads from here on is as the database then is: only what does not change may be read.
     */
    public void leaveSnapshot(StatementCache sql) throws SQLException {
        for (Slot slot : all) {
            if (slot.statements == sql) {
                leave(slot);
            }
        }
    }

    private static void leave(Slot slot) throws SQLException {
        if (!slot.left) {
            slot.running = false;
            slot.statements.run("COMMIT");
            slot.left = true;
        }
    }

    private void end(Slot slot) {
        slot.running = false;
        slot.deadline = System.nanoTime() + limit.toNanos();
    }

    /** What went wrong is what the caller is told, not that there is nothing left to roll back. */
    private static void rollBack(StatementCache sql, Throwable cause) {
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Stops the reads that have taken longer than this. */
    void stopThoseLongerThan(long nanos) {
        long now = System.nanoTime();
        for (Slot slot : all) {
            if (slot.running && now - slot.startedAt > nanos) {
                slot.deadline = now;
            }
        }
    }

    private <M> M snapshot(StatementCache sql, Supplier<M> memory) throws SQLException {
        gate.lock();
        try {
            sql.number(
                    0, "SELECT count(*) FROM generations WHERE site_id = 0"); // a snapshot begins with the first read
            return memory.get();
        } finally {
            gate.unlock();
        }
    }

    private Slot take(String doing) {
        try {
            Slot slot = closed ? null : free.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (slot != null) {
                return slot;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Kind kind = closed ? Kind.FATAL : Kind.RETRY;
        throw new StorageException(kind, doing + ": " + (closed ? "the database is closed" : "all readers are busy"));
    }

    private StatementCache open(Slot slot) throws SQLException {
        if (slot.statements != null && slot.age != age) {
            discard(slot);
        }
        if (slot.statements == null) {
            slot.age = age;
            Connection connection = connections.reader();
            ProgressHandler.setHandler(connection, CHECK_EVERY_STEPS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return System.nanoTime() - slot.deadline > 0 ? 1 : 0;
                }
            });
            slot.statements = connections.statements(connection);
        }
        return slot.statements;
    }

    private static void discard(Slot slot) {
        StatementCache old = slot.statements;
        slot.statements = null;
        try {
            if (old != null) {
                old.connection().close();
            }
        } catch (SQLException e) {
            return; // it is broken: that is why it goes
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < all.size(); i++) {
            try {
                Slot slot = free.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (slot != null) {
                    discard(slot);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
