package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.account.SqliteAccountStore;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.DiskReserve;
import io.millrace.storage.sqlite.internal.connection.Errors;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StorageMetrics;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.maintenance.Maintenance;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.query.SqliteReader;
import io.millrace.storage.sqlite.internal.schema.Migrations;
import io.millrace.storage.sqlite.internal.schema.PlannerStatistics;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.write.Housekeeping;
import io.millrace.storage.sqlite.internal.write.Packing;
import io.millrace.storage.sqlite.internal.write.SiteDao;
import io.millrace.storage.sqlite.internal.write.SqliteWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** One open database: puts its parts together, opens and closes them. */
public final class Database implements AutoCloseable {
    private final ConnectionFactory connections;
    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final ReadConnections background;
    private final Checkpoints checkpoints;
    private final Housekeeping housekeeping;
    private final SqliteWriter writer;
    private final SqliteReader reader;
    private final SqliteAccountStore accounts;
    private final Maintenance maintenance;

    private Database(ConnectionFactory connections, SqliteSettings settings, PrometheusRegistry registry) {
        ReadWriteLock gate = new ReentrantReadWriteLock();
        Path file = connections.file();
        this.connections = connections;
        state = CommittedState.of(settings);
        DiskReserve disk = DiskReserve.of(file, settings.diskReserveBytes());
        StorageMetrics metrics =
                new StorageMetrics(registry, () -> Checkpoints.walBytes(file), disk::free, disk.reserve());
        connection = new WriteConnection(connections, gate.writeLock(), state, metrics);
        readers =
                new ReadConnections(connections, settings.readers(), settings.queryTimeout(), gate.readLock(), metrics);
        checkpoints = new Checkpoints(connections, settings, readers, metrics);
        background = new ReadConnections(connections, 1, settings.queryTimeout(), gate.readLock(), metrics);
        Packing packing =
                new Packing(state.packs(), connection, background, settings.packVisits(), settings.packShare());
        housekeeping = new Housekeeping(state, connection, readers, checkpoints, packing);
        writer = new SqliteWriter(connection, state, checkpoints, housekeeping, disk, metrics);
        reader = new SqliteReader(readers, state, new ColumnCache(settings.columnCacheBytes()));
        accounts = new SqliteAccountStore(connection, readers);
        maintenance = new Maintenance(connections, state, connection, readers, checkpoints);
    }

    /** Opens a database, makes it where there is none, and brings it to the newest schema. */
    public static Database open(Path file, SqliteSettings settings, PrometheusRegistry registry) {
        SqliteSettings fitting =
                DiskReserve.of(file, settings.diskReserveBytes()).fit(settings);
        return open(new ConnectionFactory(file, fitting), fitting, registry);
    }

    static Database open(ConnectionFactory connections, SqliteSettings settings, PrometheusRegistry registry) {
        connections.check();
        Database database = new Database(connections, settings, registry);
        try {
            connections.create();
            database.load();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw Errors.of(connections.file().toString(), e);
        }
    }

    private void load() {
        connection.use("opening", sql -> {
            Migrations.run(connection.handle(), connections.file().toString());
            PlannerStatistics.fix(sql.connection());
            state.load(sql, connection.handle().attach(SiteDao.class).sites());
        });
    }

    public void register(Bounds bounds) {
        state.register(bounds);
        reader.register(bounds);
    }

    public StorageWriter writer() {
        return writer;
    }

    public StorageReader reader() {
        return reader;
    }

    public AccountStore accounts() {
        return accounts;
    }

    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public void close() {
        readers.close();
        housekeeping.close();
        background.close();
        checkpoints.close();
        connection.close();
    }
}
