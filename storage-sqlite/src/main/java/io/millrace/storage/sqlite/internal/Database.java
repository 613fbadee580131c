package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open database: its connections, and what is kept of it in memory. */
public final class Database implements AutoCloseable, Primary.Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final SqliteSettings settings;
    private final Connections connections;
    private final SiteTable sites = new SiteTable();
    private final Generations generations = new Generations();
    private final ReachTable reach = new ReachTable();
    private final Dictionary dictionary;
    private final DayBooks books;
    private final StorageMetrics metrics;
    private final Primary primary;
    private final Readers readers;
    private final Checkpoints checkpoints;
    private final Housekeeping housekeeping;
    private final Writer writer;
    private final Reader reader;
    private final Accounts accounts;
    private final Maintenance maintenance;
    private long now;

    private Database(Connections connections, SqliteSettings settings) {
        ReadWriteLock gate = new ReentrantReadWriteLock();
        this.settings = settings;
        this.connections = connections;
        Path file = connections.file();
        dictionary = new Dictionary(settings.textsPerDay());
        books = new DayBooks(sites, settings.valuesPerDay(), settings.openDays());
        metrics = new StorageMetrics(() -> Checkpoints.walBytes(file));
        primary = new Primary(connections, gate.writeLock(), this, metrics);
        readers = new Readers(connections, settings.readers(), settings.queryTimeout(), gate.readLock(), metrics);
        checkpoints = new Checkpoints(connections, settings.checkpointPages(), readers, metrics);
        housekeeping = new Housekeeping(this, primary, readers, checkpoints);
        writer = new Writer(primary, this);
        reader = new Reader(readers, this);
        accounts = new Accounts(primary, readers);
        maintenance = new Maintenance(this, primary, readers);
    }

    /** Opens a database, makes it where there is none, and brings it to the newest schema. */
    public static Database open(Path file, SqliteSettings settings) {
        return open(new Connections(file, settings), settings);
    }

    static Database open(Connections connections, SqliteSettings settings) {
        Database database = new Database(connections, settings);
        try {
            database.connections.check();
            database.connections.create();
            database.load();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw Errors.of(connections.file().toString(), e);
        }
    }

    private void load() {
        primary.read("opening", sql -> {
            Migrations.run(primary.handle(), connections.file().toString());
            Statistics.fix(sql.connection());
            sites.load(sql, primary.handle().attach(SiteDao.class).sites());
            generations.load(sql);
            reach.load(sql);
            dictionary.open(sql);
            books.open(sql, reach.get());
            return null;
        });
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

    /** Refuses a file that is not a sound database. */
    public static void check(Path file) {
        Soundness.check(file);
    }

    BatchWriter batchWriter() {
        return new BatchWriter(sites, dictionary, books, generations, reach);
    }

    Connections connections() {
        return connections;
    }

    /** What it measures of itself, in Prometheus' text format. */
    public String metricsText() {
        return metrics.text();
    }

    StorageMetrics metrics() {
        return metrics;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    SiteTable sites() {
        return sites;
    }

    Generations generations() {
        return generations;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    ReachTable reach() {
        return reach;
    }

    DayBooks books() {
        return books;
    }

    SqliteSettings settings() {
        return settings;
    }

    /** Within a transaction: writes every roll-up of a day anew, as its rows say. */
    void rewriteDay(Statements sql, SiteDays.Day day) throws SQLException {
        DayRows.rewrite(sql, day, reach.get(), settings.valuesPerDay());
        books.drop(day.key());
    }

    /** The time by which books that are not used are known; the store thread's. */
    void now(long utcMillis) {
        now = utcMillis;
    }

    @Override
    public void committed() {
        dictionary.commit();
        books.commit(now);
        generations.commit();
        reach.commit();
    }

    @Override
    public void rolledBack() {
        dictionary.rollback();
        books.rollback();
        generations.rollback();
        reach.rollback();
    }

    /** Stores all books, so that nothing has to be counted anew when the database is opened next. */
    private void saveBooks() {
        for (DayBook book : books.dirty()) {
            primary.transact("day " + book.day, sql -> {
                books.save(sql, book);
                return null;
            });
        }
    }

    @Override
    public void close() {
        readers.close();
        try {
            saveBooks();
        } catch (StorageException e) {
            LOG.warn("roll-ups are counted anew at the next start: {}", e.getMessage());
        }
        checkpoints.close();
        primary.close();
    }
}
