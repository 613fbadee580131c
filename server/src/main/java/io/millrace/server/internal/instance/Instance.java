package io.millrace.server.internal.instance;

import io.millrace.engine.Engine;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.MmdbPlaces;
import io.millrace.replay.DeadLetterFile;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.DatabaseLock;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.SqliteStorage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A running engine over the data of one directory, with nothing in front of it: what {@code serve} serves, and what
 * commands work on. Thread-safe.
 */
public final class Instance implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final DataDirectory directory;
    private final Config config;
    private final PrometheusRegistry metrics;
    private final SqliteStorage storage;
    private final Engine engine;

    @Fixed("added when the server is put together")
    private final List<Runnable> accountListeners = new CopyOnWriteArrayList<>();

    private volatile String baseUrl;

    private Instance(
            DataDirectory directory, Config config, PrometheusRegistry metrics, SqliteStorage storage, Engine engine) {
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
        this.storage = storage;
        this.engine = engine;
        this.baseUrl = BaseUrl.of(config, config.get(Settings.PORT));
    }

    /** Opens the data for its owner. */
    public static Instance open(DataDirectory directory, DatabaseLock lock, Config config) throws IOException {
        directory.clean();
        SqliteSettings settings = Assembly.sqlite(config)
                .with()
                .temporaryDirectory(directory.temporary())
                .build();
        PrometheusRegistry metrics = new PrometheusRegistry();
        SqliteStorage storage = SqliteStorage.open(lock, directory.database(), settings, metrics);
        Engine.Builder builder = Engine.builder(storage)
                .settings(Assembly.engine(config))
                .salts(directory.salts())
                .deadLetters(new DeadLetterFile(directory.deadLetters(), config.get(Settings.DEAD_LETTER_BYTES)));
        if (config.get(Settings.GEO_DATABASE) != null) {
            builder.enrichment(new MmdbPlaces(config.get(Settings.GEO_DATABASE)));
        }
        Engine engine = builder.start();
        return new Instance(directory, config, metrics, storage, engine);
    }

    public Engine engine() {
        return engine;
    }

    /** The database, for what only a database can do: verify, back up, prune, erase. */
    public SqliteStorage storage() {
        return storage;
    }

    /** What is measured of everything that runs here. */
    PrometheusRegistry metrics() {
        return metrics;
    }

    public DataDirectory directory() {
        return directory;
    }

    public Config config() {
        return config;
    }

    /** Where pages and programs reach the server, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    void listensAt(int port) {
        baseUrl = BaseUrl.of(config, port);
    }

    /** Calls this whenever keys or users have changed. */
    void onAccountsChanged(Runnable listener) {
        accountListeners.add(listener);
    }

    /** To be called after keys or users have changed, so that what keeps them in memory reads them again. */
    public void accountsChanged() {
        accountListeners.forEach(Runnable::run);
    }

    /**
     * Removes visits that ended before an instant, in small transactions on the store thread, between its other work.
     *
     * @param olderThan UTC milliseconds
     * @param goOn is told how many rows are gone so far, and answers whether to go on
     * @return how many rows are gone
     */
    public RowCount prune(long olderThan, Predicate<RowCount> goOn) {
        RowCount removed = RowCount.NONE;
        RowCount step;
        do {
            step = engine.execute(writer -> storage.pruneStep(olderThan)).join();
            removed = removed.plus(step);
        } while (!step.isEmpty() && goOn.test(removed));
        return removed;
    }

    /**
     * Writes what was admitted and closes the data.
     *
     * @return how many events could not be stored; they are in the dead letters, if there was room
     */
    public int close(Duration atMost) {
        return engine.close(atMost);
    }

    @Override
    public void close() {
        close(CLOSING);
    }
}
